import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startNodePeers, type NodePeers } from "../../../bench/peers/node-contenders.ts";
import { names, type Contender } from "../../../bench/peers/contender.ts";
import {
  prepareRequests,
  type PreparedRequest,
} from "../../../bench/votes/load/prepare-requests.ts";

let peers: NodePeers;
beforeAll(async () => {
  peers = await startNodePeers(() => {});
});
afterAll(() => peers.stop());

const singles = [names.each, names.group];

describe("the peers of the benchmark", () => {
  it.each(singles)("%s: a voter votes once, whoever asks at the same time", async (name) => {
    const peer = named(name);
    const voters = 40;
    const requests = await prepared(peer, voters);
    const twice = [...requests, ...requests];
    const answers = await Promise.all(twice.map((request) => send(peer, request)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(voters);
    expect(statuses.filter((status) => status === 409)).toHaveLength(voters);
    expect(await peer.countStored()).toBe(voters);
  });

  it.each(singles)("%s: takes no vote without a token that was signed for it", async (name) => {
    const peer = named(name);
    const before = await peer.countStored();
    const [request] = await prepared(peer, 1);
    const [, type = "", , bearer = ""] = request?.headers ?? [];
    const forged = `${bearer.slice(0, -8)}${randomBytes(6).toString("base64url")}`;
    for (const authorization of [forged, "Bearer ", ""]) {
      const headers = { "content-type": type, authorization };
      const answer = await fetch(new URL(request?.path ?? "", peer.origin()), {
        method: "POST",
        headers,
        body: request?.body ?? "",
      });
      expect(answer.status).toBe(401);
    }
    expect(await peer.countStored()).toBe(before);
  });

  it("counts the votes of a batch that are new", async () => {
    const peer = named(names.bulk);
    const [batch] = await prepared(peer, 1);
    if (batch === undefined) throw new Error("one was asked for");
    const answers = [await send(peer, batch), await send(peer, batch)];
    const accepted = answers.map(({ body }) => (JSON.parse(body) as { accepted: number }).accepted);
    expect(accepted).toEqual([250, 0]);
    expect(await peer.countStored()).toBe(250);
  });
});

function named(name: string): Contender {
  const peer = peers.contenders.find((one) => one.name === name);
  if (peer === undefined) throw new Error(`no peer is ${name}`);
  return peer;
}

async function prepared(peer: Contender, count: number): Promise<PreparedRequest[]> {
  const { next } = await prepareRequests(peer.plan(count));
  return Array.from({ length: count }, () => {
    const request = next();
    if (request === undefined) throw new Error("as many as were asked for");
    return request;
  });
}

async function send(peer: Contender, { method, path, headers, body }: PreparedRequest) {
  const [, type = "", , authorization = ""] = headers;
  const answer = await fetch(new URL(path, peer.origin()), {
    method,
    headers: { "content-type": type, authorization },
    body,
  });
  return { status: answer.status, body: await answer.text() };
}
