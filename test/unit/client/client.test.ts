import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError, ContractError, NoAnswer } from "../../../src/client/client-errors.ts";
import { answerMsMaxOf, createClient } from "../../../src/client/client.ts";

type Seen = { line: string; key: string | undefined; credential: string | undefined };
type Upload = { type: string | undefined; length: string | undefined; text: string };
/** What the server does with one request: gives this status or a page, or breaks the connection. */
type Turn = number | "break" | "html";

let server: Server;
let origin: string;
let turns: Turn[];
let seen: Seen[];
let uploads: Upload[];

const problem = JSON.stringify({ code: "keys.full", detail: "Revoke some." });

beforeEach(async () => {
  turns = [];
  seen = [];
  uploads = [];
  server = createServer(async (request: IncomingMessage, response) => {
    const key = request.headers["idempotency-key"];
    seen.push({
      line: `${request.method} ${request.url}`,
      key: key === undefined ? undefined : String(key),
      credential: request.headers.authorization,
    });
    const turn = turns.shift() ?? 200;
    if (turn === "break") return request.socket.destroy();
    if (turn === "html") return response.end("<html>");
    if (request.method === "PUT") uploads.push(await readUpload(request));
    return response.writeHead(turn).end(turn === 204 ? "" : turn < 300 ? '{"items":[]}' : problem);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function readUpload(request: IncomingMessage): Promise<Upload> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const { "content-type": type, "content-length": length } = request.headers;
  return { type, length, text };
}

const vote = { body: { decision_id: "delta", vote: "yes" } } as const;
const key = { body: { role: "station", label: "Hall 4" } } as const;

describe("the client", () => {
  it("fills in path and query, and sends the credential", async () => {
    const client = createClient({ origin, credential: "secret" });
    const ask = { path: { decisionId: "a b" }, query: { after_seq: 5 } };
    await client.call("GET /api/v1/decisions/{decisionId}/audit-log", ask);
    expect(seen).toEqual([
      {
        line: "GET /api/v1/decisions/a%20b/audit-log?after_seq=5",
        key: undefined,
        credential: "Bearer secret",
      },
    ]);
  });

  it("asks for several values of one parameter as the API lists them", async () => {
    const client = createClient({ origin });
    const query = { q: "river & sea", status: ["open", "closed"], facets: true } as const;
    await client.call("GET /api/v1/search/decisions", {
      query: { ...query, status: [...query.status] },
    });
    const line = "GET /api/v1/search/decisions?q=river+%26+sea&status=open%2Cclosed&facets=true";
    expect(seen).toMatchObject([{ line }]);
  });

  it("sends a vote, a withdrawal and a batch again, with nothing but what it was given", async () => {
    const client = createClient({ origin });
    turns = ["break", 503, 201];
    await client.call("POST /api/v1/voting/cast-vote", vote);
    turns = ["break", 201];
    await client.call("POST /api/v1/voting/withdraw", { body: { decision_id: "delta" } });
    turns = [503, 200];
    await client.call("POST /api/v1/decisions/{decisionId}/votes/batch", {
      path: { decisionId: "delta" },
      body: { votes: [{ voter_id: "ana", vote: "yes" }] },
    });
    expect(seen).toHaveLength(7);
    expect(seen.map((one) => one.key)).toEqual(Array(7).fill(undefined));
  });

  it("sends the caller's own key with every repeat", async () => {
    turns = ["break", 201];
    const idempotencyKey = "of-yesterday";
    const ask = { ...vote, idempotencyKey };
    await createClient({ origin }).call("POST /api/v1/voting/cast-vote", ask);
    expect(seen.map((one) => one.key)).toEqual([idempotencyKey, idempotencyKey]);
  });

  it.each(["break", 503] as const)("does not ask twice for a new API key (%s)", async (turn) => {
    turns = [turn, 201];
    const asking = createClient({ origin }).call("POST /api/v1/api-keys", key);
    await expect(asking).rejects.toThrow(turn === "break" ? "fetch failed" : "answered 503");
    expect(seen).toHaveLength(1);
  });

  it("drafts a decision again when its answer was lost, if the draft has an id", async () => {
    turns = ["break", 201];
    const body = { slug: "delta", title: "Delta" };
    await createClient({ origin }).call("POST /api/v1/decisions", { body });
    expect(seen).toHaveLength(2);

    turns = ["break", 201];
    const asking = createClient({ origin }).call("POST /api/v1/decisions", {
      body: { title: "Delta" },
    });
    await expect(asking).rejects.toBeInstanceOf(NoAnswer);
    expect(seen).toHaveLength(3);
  });

  it("passes on a refusal with its code, and does not repeat what was refused", async () => {
    turns = [409];
    const client = createClient({ origin });
    const refusal = await client.call("GET /api/v1/api-keys", {}).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ status: 409, code: "keys.full" });
    expect(seen).toHaveLength(1);
  });

  it("gives up after its tries, with the last answer", async () => {
    turns = [503, 503, 503, 503, 503, 200];
    const asking = createClient({ origin }).call("GET /api/v1/decisions", {});
    await expect(asking).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(5);
  });

  it("uploads a file as what its type says, and only once", async () => {
    turns = [503];
    const body = new Blob(["voter_id\n", "ana\n"], { type: "text/csv" });
    const path = { decisionId: "delta" };
    const asking = createClient({ origin }).call("PUT /api/v1/decisions/{decisionId}/roll", {
      path,
      body,
    });
    await expect(asking).rejects.toMatchObject({ status: 503 });
    expect(uploads).toEqual([{ type: "text/csv", length: "13", text: "voter_id\nana\n" }]);
  });

  it("gives out no answer that its check refuses, and none that is not JSON", async () => {
    const check = (name: string) => {
      throw new ContractError(name, "no items");
    };
    const checked = createClient({ origin, check }).call("GET /api/v1/api-keys", {});
    await expect(checked).rejects.toThrow("GET /api/v1/api-keys broke the contract: no items");
    turns = ["html"];
    const unread = createClient({ origin }).call("GET /api/v1/api-keys", {});
    await expect(unread).rejects.toThrow("this is not JSON: <html>");
  });

  it("ends at once when it is told to, also while it waits to ask again", async () => {
    turns = [503, 503, 503, 503, 503];
    const stop = new AbortController();
    const asking = createClient({ origin, signal: stop.signal }).call("GET /api/v1/decisions", {});
    const failure = asking.catch((error: unknown) => error);
    await expect.poll(() => seen.length).toBe(1);
    stop.abort(new Error("enough"));
    expect(await failure).toMatchObject({ message: expect.stringContaining("enough") });
    expect(seen).toHaveLength(1);
  });

  it("gives an upload the time that its bytes take on a slow line, and every other request half a minute", () => {
    expect(answerMsMaxOf({ title: "short" })).toBe(30_000);
    expect(answerMsMaxOf(new Blob([]))).toBe(300_000);
    expect(answerMsMaxOf(new Blob(["x".repeat(3_200_000)]))).toBe(400_000);
  });

  it("answers null where there is nothing to say", async () => {
    turns = [204];
    const ask = { path: { keyId: "x" } };
    expect(await createClient({ origin }).call("DELETE /api/v1/api-keys/{keyId}", ask)).toBeNull();
  });
});
