import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { createApiClient, type ApiClient } from "../../../../src/cli/client/api-client.ts";
import { castBatch } from "../../../../src/cli/client/cast-batch.ts";

const open: { server: Server; client: ApiClient }[] = [];

afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<ApiClient> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const client = createApiClient({ origin, key: "secret", connections: 2 });
  open.push({ server, client });
  return client;
}

test("a call carries the key, and its answer is checked against the contract", async () => {
  const client = await serve((request, response) => {
    response.end(JSON.stringify({ path: request.url, key: request.headers.authorization }));
  });
  const schema = z.object({ path: z.string(), key: z.string() });
  const answer = await client.get("/decisions", schema);
  expect(answer).toEqual({ path: "/api/v1/decisions", key: "Bearer secret" });
  await expect(client.get("/x", z.object({ seq: z.int() }))).rejects.toThrow("broke the contract");
});

test("a 503 and a connection cut before the answer are repeated until there is an answer", async () => {
  let tries = 0;
  const client = await serve((request, response) => {
    tries += 1;
    if (tries === 1) request.socket.destroy();
    else if (tries === 2) response.writeHead(503).end();
    else response.end('"done"');
  });
  expect(await client.post("/decisions", {}, z.string())).toBe("done");
  expect(tries).toBe(3);
});

test("a refusal is reported at once with its code", async () => {
  let tries = 0;
  const client = await serve((_request, response) => {
    tries += 1;
    response.writeHead(409).end(JSON.stringify({ code: "decision.exists", title: "Exists" }));
  });
  await expect(client.post("/decisions", {}, z.string())).rejects.toMatchObject({
    status: 409,
    code: "decision.exists",
  });
  expect(tries).toBe(1);
});

test("items that a shard could not look at are sent again, alone, until each has a receipt", async () => {
  const sent: string[][] = [];
  const client = await serve((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const { votes } = z
        .object({ votes: z.array(z.object({ voter_id: z.string() })) })
        .parse(JSON.parse(text));
      sent.push(votes.map((vote) => vote.voter_id));
      const isFirst = sent.length === 1;
      const results = votes.map(({ voter_id }) => {
        if (isFirst && voter_id === "b")
          return { status: "refused", code: "shard.overloaded", detail: "" };
        if (voter_id === "c")
          return { status: "refused", code: "vote.already_cast", detail: "once" };
        const receipt = {
          decision_id: "d",
          shard: 0,
          seq: 1,
          ballot_hash: "0".repeat(64),
          accepted_at: "",
        };
        return { status: isFirst ? "accepted" : "repeated", receipt };
      });
      response.end(JSON.stringify({ results }));
    });
  });
  const votes = ["a", "b", "c"].map((voter_id) => ({ voter_id, vote: "yes" as const }));
  const outcome = await castBatch(client, "d", votes);
  expect(sent).toEqual([["a", "b", "c"], ["b"]]);
  expect(outcome).toMatchObject({
    repeated: 1,
    refusals: [{ voter_id: "c", code: "vote.already_cast" }],
  });
  expect(outcome.receipts).toHaveLength(2);
});
