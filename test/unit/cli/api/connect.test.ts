import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { castVotes, withPublicNonces } from "../../../../src/cli/api/cast-batch.ts";
import { connectClient, type ConnectedClient } from "../../../../src/cli/api/connect.ts";
import { uploadRoll } from "../../../../src/cli/api/upload-roll.ts";

const said: string[] = [];
const open: { server: Server; client: ConnectedClient }[] = [];

afterEach(async () => {
  said.length = 0;
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<ConnectedClient> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const client = connectClient({
    origin,
    key: "secret",
    connections: 2,
    log: (line) => said.push(line),
  });
  open.push({ server, client });
  return client;
}

/** A page of the list of ids, which is the shortest answer there is. */
const ids = JSON.stringify({ items: ["delta"], next: null });

test("a call carries the key, and its answer is checked against the contract", async () => {
  const seen: unknown[] = [];
  const client = await serve((request, response) => {
    seen.push([request.url, request.headers.authorization]);
    response.end(request.url?.endsWith("/audit") === true ? '{"decision_id":1}' : ids);
  });
  const answer = await client.call("GET /api/v1/audit/decisions", { query: { per_page: 5 } });
  expect(answer).toEqual({ items: ["delta"], next: null });
  expect(seen).toEqual([["/api/v1/audit/decisions?per_page=5", "Bearer secret"]]);
  const path = { decisionId: "d" };
  const wrong = client.call("GET /api/v1/decisions/{decisionId}/audit", { path });
  await expect(wrong).rejects.toThrow("broke the contract");
});

test("a 503 and a connection cut before the answer are repeated until there is an answer, and said once", async () => {
  let tries = 0;
  const client = await serve((request, response) => {
    tries += 1;
    if (tries <= 2) request.socket.destroy();
    else if (tries === 3) response.writeHead(503).end();
    else response.end(ids);
  });
  expect(await client.call("GET /api/v1/audit/decisions", {})).toMatchObject({ items: ["delta"] });
  expect(tries).toBe(4);
  expect(said).toEqual([expect.stringMatching(/^no answer from http.*, trying again/)]);
});

test("a refusal is reported at once with its code", async () => {
  let tries = 0;
  const client = await serve((_request, response) => {
    tries += 1;
    response.writeHead(409).end(JSON.stringify({ code: "decision.exists", title: "Exists" }));
  });
  const drafting = client.call("POST /api/v1/decisions", { body: { slug: "d", title: "D" } });
  await expect(drafting).rejects.toMatchObject({ status: 409, code: "decision.exists" });
  expect(tries).toBe(1);
});

test("a roll is streamed with its type and its length", async () => {
  let seen: unknown;
  const refused = { rows: 0, reasons: [], problems: [] };
  const roll = {
    import: 1,
    hash: "0",
    voters: 1,
    weight: "1",
    regions: [],
    fewest_alike: [],
    refused,
  };
  const figures = { rows: 1, loaded: 1, refused: 0, reasons: [], problems: [], twins: [] };
  const client = await serve((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const { "content-type": type, "content-length": length } = request.headers;
      seen = { method: request.method, type, length, text };
      response.end(JSON.stringify({ decision_id: "d", ...figures, roll }));
    });
  });
  const file = new Blob(["voter_id\nana\n"], { type: "text/csv" });
  expect(await uploadRoll(client, { decisionId: "d", file })).toMatchObject({ loaded: 1 });
  expect(seen).toEqual({ method: "PUT", type: "text/csv", length: "13", text: "voter_id\nana\n" });
});

test("items that a shard could not look at are sent again, alone, until each has a receipt", async () => {
  const sent: string[][] = [];
  const nonces = new Map<string, Set<string>>();
  const client = await serve((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const { votes } = z
        .object({ votes: z.array(z.object({ voter_id: z.string(), nonce: z.string() })) })
        .parse(JSON.parse(text));
      for (const { voter_id, nonce } of votes)
        nonces.set(voter_id, new Set([...(nonces.get(voter_id) ?? []), nonce]));
      sent.push(votes.map((vote) => vote.voter_id));
      const isFirst = sent.length === 1;
      const results = votes.map(({ voter_id }) => {
        if (isFirst && voter_id === "b")
          return { status: "refused", code: "shard.overloaded", detail: "" };
        if (voter_id === "c")
          return { status: "refused", code: "vote.already_cast", detail: "once" };
        const receipt = {
          decision_id: "d",
          ballot_hash: "0".repeat(64),
          r: "1".repeat(64),
          u: "2".repeat(64),
          c: "3".repeat(64),
        };
        return { status: isFirst ? "accepted" : "repeated", receipt };
      });
      response.end(JSON.stringify({ accepted: 0, repeated: 0, refused: 0, results }));
    });
  });
  const votes = ["a", "b", "c"].map((voter_id) => ({ voter_id, vote: "yes" as const }));
  const outcome = await castVotes(client, { decisionId: "d", votes });
  expect(sent).toEqual([["a", "b", "c"], ["b"]]);
  expect([...nonces.values()].map((each) => each.size)).toEqual([1, 1, 1]);
  expect(outcome).toMatchObject({
    repeated: 1,
    refusals: [{ voter_id: "c", code: "vote.already_cast" }],
  });
  expect(outcome.receipts).toHaveLength(2);
});

test("votes of a public file have nonces of decision, voter and choice, the same each time", () => {
  const votes = ["a", "b"].map((voter_id) => ({ voter_id, vote: "yes" as const }));
  const noncesOf = (decisionId: string) =>
    withPublicNonces({ decisionId, votes }).votes.map(({ nonce }) => nonce);
  expect(noncesOf("d")).toEqual(noncesOf("d"));
  const no = withPublicNonces({ decisionId: "d", votes: [{ voter_id: "a", vote: "no" }] });
  const all = [...noncesOf("d"), ...noncesOf("e"), ...no.votes.map(({ nonce }) => nonce)];
  expect(new Set(all).size).toBe(5);
  expect(all.every((nonce) => /^[0-9a-f]{64}$/.test(nonce ?? ""))).toBe(true);
});
