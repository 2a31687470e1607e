import { once } from "node:events";
import { createServer, request as askHttp } from "node:http";
import { connect, createServer as createTcpServer, type AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { ApiError, NoAnswer } from "../../src/client/client-errors.ts";
import { createClient } from "../../src/client/client.ts";
import { StationSocket, type StationAnswer } from "../../src/client/station-socket.ts";
import { limits } from "../../src/shared/limits.ts";
import { labelNonce } from "../support/label-nonce.ts";

const stateFolder = join(mkdtempSync(join(tmpdir(), "enviro-station-")), "state");
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder, port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(join(stateFolder, ".."), { recursive: true });
});

async function openStation(slug: string, shards: number) {
  const { origin, adminKey } = platform;
  const admin = createClient({ origin, credential: adminKey });
  const terms = { disclosure: "pseudonymous", ends_early: "by_organiser", shards } as const;
  const { id } = await admin.call("POST /api/v1/decisions", {
    body: { slug, title: "Reopen the weir", ...terms },
  });
  const path = { decisionId: id };
  await admin.call("POST /api/v1/decisions/{decisionId}/open", { path, body: {} });
  const scope = { role: "station", decision_id: id, label: slug } as const;
  const { key } = await admin.call("POST /api/v1/api-keys", { body: scope });
  const station = new StationSocket({ origin, decisionId: id, credential: key });
  const close = () => admin.call("POST /api/v1/decisions/{decisionId}/close", { path });
  const ballots = async () => {
    await close();
    const result = await admin.call("GET /api/v1/decisions/{decisionId}/results", { path });
    return result.shows === "counts" ? result.total.ballots : null;
  };
  return { station, close, ballots, key, decisionId: id };
}

function votesOf(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    voter_id: `voter-${from + index}`,
    vote: "yes" as const,
    nonce: labelNonce(`voter-${from + index}`),
  }));
}

/** Passes requests on to the platform, and ends each upgrade without an answer. */
async function startLineWithoutSockets(origin: string) {
  const line = { origin: "", upgrades: 0, stop: async () => {} };
  const server = createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const asked = { method, path: url, headers, hostname: "127.0.0.1", port: new URL(origin).port };
    request.pipe(
      askHttp(asked, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on("upgrade", (_, socket) => {
    line.upgrades += 1;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  line.stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return line;
}

/** Passes bytes on to the platform, and counts the sockets that are opened. */
async function startCountingLine(origin: string) {
  const line = { origin: "", upgrades: 0, stop: () => {} };
  const server = createTcpServer((near) => {
    const far = connect(Number(new URL(origin).port), "127.0.0.1");
    near.once("data", (head: Buffer) => {
      if (head.toString("latin1").includes("/station-socket ")) line.upgrades += 1;
    });
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  line.stop = () => void server.close();
  return line;
}

const acceptedOf = (answers: readonly StationAnswer[]) =>
  answers.reduce((sum, { accepted }) => sum + accepted, 0);

describe("a station's socket to the built Worker", () => {
  it("takes more votes than it has credits for, and more than one socket may: each once", async () => {
    const { station, ballots } = await openStation("station-many", 3);
    const batches = Array.from({ length: 12 }, (_, at) => votesOf(at * 500, 500));
    const many = await Promise.all(batches.map((votes) => station.cast({ votes })));
    expect(acceptedOf(many)).toBe(6_000);
    const again = await station.cast({ votes: votesOf(0, 500) });
    expect(again).toMatchObject({ accepted: 0, repeated: 500 });
    // A message calls a shard: so many calls are one socket's share.
    const singles = limits.stationSocketCallsMax + 200;
    const one = await Promise.all(
      Array.from({ length: singles }, (_, at) => station.cast({ votes: votesOf(6_000 + at, 1) })),
    );
    expect(acceptedOf(one)).toBe(singles);
    station.close();
    await expect(station.cast({ votes: votesOf(0, 1) })).rejects.toBeInstanceOf(NoAnswer);
    expect(await ballots()).toBe(6_000 + singles);
  });

  it("says of a batch alone what it is refused for, and goes on", async () => {
    const { station, close, ballots } = await openStation("station-refused", 1);
    const [vote] = votesOf(0, 1);
    if (vote === undefined) throw new Error("no vote");
    const refused = station.cast({ votes: [{ ...vote, voter_id: "" }] });
    const other = station.cast({ votes: [vote] });
    await expect(refused).rejects.toMatchObject({ code: "voter.invalid_id" });
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    expect(await other).toMatchObject({ accepted: 1 });
    // What a socket can't number is named by POST.
    const unread = station.cast({ votes: [{ ...vote, statement: "no character: \uFFFD" }] });
    await expect(unread).rejects.toMatchObject({ code: "body.not_json" });
    const large = votesOf(10, 1_000).map((one) => ({ ...one, statement: "é".repeat(1_500) }));
    await expect(station.cast({ votes: large })).rejects.toMatchObject({ code: "body.too_large" });
    await close();
    const late = await station.cast({ votes: votesOf(1, 2) });
    expect(late).toMatchObject({
      accepted: 0,
      refused: 2,
      results: [{ code: "decision.closed" }, {}],
    });
    expect(await ballots()).toBe(1);
    station.close();
  });

  it("opens another where one has not read a message, since what goes by POST holds its credits", async () => {
    const { key, decisionId, ballots } = await openStation("station-unread", 3);
    const line = await startCountingLine(platform.origin);
    const station = new StationSocket({ origin: line.origin, decisionId, credential: key });
    const [vote] = votesOf(0, 1);
    if (vote === undefined) throw new Error("no vote");
    const all = [station.cast({ votes: votesOf(0, 1_000) })];
    const unread = station.cast({ votes: [{ ...vote, statement: "no character: \uFFFD" }] });
    all.push(station.cast({ votes: votesOf(1_000, 999) }));
    all.push(station.cast({ votes: votesOf(2_000, 1_000) }));
    await expect(unread).rejects.toMatchObject({ code: "body.not_json" });
    const answers = await Promise.all(all);
    // The first two may be counted over the socket already.
    const repeated = answers.reduce((sum, answer) => sum + answer.repeated, 0);
    expect(acceptedOf(answers) + repeated).toBe(2_999);
    expect(await station.cast({ votes: votesOf(0, 1_000) })).toMatchObject({ repeated: 1_000 });
    expect(line.upgrades).toBe(2);
    station.close();
    line.stop();
    expect(await ballots()).toBe(2_999);
  });

  it("says what a key is refused for that no socket can be opened with", async () => {
    const { decisionId } = await openStation("station-key", 1);
    const station = new StationSocket({
      origin: platform.origin,
      decisionId,
      credential: "no key",
    });
    const refused = station.cast({ votes: votesOf(0, 1) });
    await expect(refused).rejects.toMatchObject({ code: "credential.missing" });
    station.close();
  });

  it("goes by POST where the line lets no socket through", async () => {
    const { key, decisionId, ballots } = await openStation("station-no-socket", 3);
    const line = await startLineWithoutSockets(platform.origin);
    const station = new StationSocket({ origin: line.origin, decisionId, credential: key });
    const batches = Array.from({ length: 30 }, (_, at) => votesOf(at * 100, 100));
    const answers = await Promise.all(batches.map((votes) => station.cast({ votes })));
    expect(acceptedOf(answers)).toBe(3_000);
    expect(line.upgrades).toBe(1);
    station.close();
    await line.stop();
    expect(await ballots()).toBe(3_000);
  });

  it("gets an answer to every batch over a platform that is stopped and comes back", async () => {
    const { station, ballots } = await openStation("station-restart", 3);
    const port = Number(new URL(platform.origin).port);
    let answered = 0;
    const voting = Promise.all(
      Array.from({ length: 4 }, async (_, lane) => {
        for (let batch = 0; batch < 40; batch += 1) {
          const votes = votesOf((lane * 40 + batch) * 25, 25);
          for (;;) {
            // Nobody is told to wait longer than the client's own tries take.
            const answer = await station.cast({ votes }).catch((error: unknown) => error);
            if (answer instanceof NoAnswer) continue;
            if (answer instanceof Error) throw answer;
            break;
          }
          answered += 1;
        }
      }),
    );
    await expect.poll(() => answered).toBeGreaterThan(20);
    await platform.stop();
    platform = await bootPlatform({ stateFolder, port });
    await voting;
    station.close();
    expect(await ballots()).toBe(4_000);
  });

  it("is not compressed, though every client offers that", async () => {
    const { station, key, decisionId } = await openStation("uncompressed", 1);
    const url = new URL(`/api/v1/decisions/${decisionId}/station-socket`, platform.origin);
    const headers = {
      authorization: `Bearer ${key}`,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16).toString("base64"),
      "sec-websocket-extensions": "permessage-deflate; client_max_window_bits",
    };
    const asked = askHttp(url, { headers }).end();
    const [answer, socket] = await once(asked, "upgrade");
    expect(answer.statusCode).toBe(101);
    expect(answer.headers["sec-websocket-extensions"]).toBeUndefined();
    socket.destroy();
    station.close();
  });
});
