import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/** What a fake account holds, and what was done to it. */
export interface FakeAccount {
  databases: { name: string; uuid: string; jurisdiction?: string }[];
  queues: { queue_name: string; queue_id: string; jurisdiction?: string }[];
  consumers: unknown[];
  /** The fields of the Worker's last upload; null before the first. */
  upload: Map<string, string> | null;
  secrets: Set<string>;
  /** What D1 was asked to do. */
  statements: string[];
  /** Method and path of each call that may change something, in order. */
  changes: string[];
}

/** The part of Cloudflare's REST API that a deploy uses, on this machine. */
export interface FakeCloudflare {
  account: FakeAccount;
  /** What makes wrangler ask here. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

interface Call {
  account: FakeAccount;
  /** What stands in the path's gaps. */
  names: string[];
  body: Buffer;
  query: URLSearchParams;
  type: string;
}

type Answer = { result: unknown } | { code: number; message: string };

const accountId = "0123456789abcdef0123456789abcdef";
const versionId = "00000000-0000-4000-8000-000000000001";
const notFound: Answer = { code: 10_007, message: "This Worker does not exist on your account." };
const here = { id: accountId, name: "An account" };
const subdomain = { enabled: true, previews_enabled: false };

const handlers: readonly [call: string, answer: (call: Call) => Answer | Promise<Answer>][] = [
  ["GET /user/tokens/verify", () => ({ result: { id: "token", status: "active" } })],
  ["GET /user", () => ({ result: { id: "user", email: "someone@example.org" } })],
  ["GET /accounts", () => ({ result: [here] })],
  ["GET /memberships", () => ({ result: [{ id: "membership", account: here }] })],

  ["GET /d1/database", ({ account }) => ({ result: account.databases })],
  ["POST /d1/database", createDatabase],
  ["GET /d1/database/*", ({ account, names: [name] }) => findIn(account.databases, name)],
  ["POST /d1/database/*/query", runStatement],

  ["GET /queues", listQueues],
  ["POST /queues", createQueue],
  ["POST /queues/*/consumers", ({ account, body }) => keepIn(account.consumers, body)],

  ["GET /workers/scripts/*/secrets", listSecrets],
  ["GET /workers/scripts/*/deployments", listDeployments],
  ["GET /workers/scripts/*/versions/*", viewVersion],
  ["POST /workers/scripts/*/assets-upload-session", () => ({ result: { jwt: "a", buckets: [] } })],
  ["PUT /workers/scripts/*", uploadWorker],
  ["PATCH /workers/scripts/*/script-settings", () => ({ result: {} })],
  ["GET /workers/workers/*", () => ({ result: { id: "worker", subdomain } })],
  ["GET /workers/subdomain", () => ({ result: { subdomain: "somebody" } })],
  ["POST /workers/scripts/*/subdomain", () => ({ result: subdomain })],
  ["PUT /workers/scripts/*/schedules", () => ({ result: { schedules: [] } })],
];

/** Starts an account that has nothing yet. */
export async function startFakeCloudflare(): Promise<FakeCloudflare> {
  const account: FakeAccount = {
    databases: [],
    queues: [],
    consumers: [],
    upload: null,
    secrets: new Set(),
    statements: [],
    changes: [],
  };
  const server = createServer((request, response) => {
    void respond(account, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    account,
    env: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${address.port}/client/v4`,
      CLOUDFLARE_API_TOKEN: "token",
      CLOUDFLARE_ACCOUNT_ID: accountId,
      WRANGLER_SEND_METRICS: "false",
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function respond(
  account: FakeAccount,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const said = await answer(account, request);
  const isDone = "result" in said;
  response.writeHead(isDone ? 200 : 404, { "content-type": "application/json" });
  const [errors, result] = isDone ? [[], said.result] : [[said], null];
  response.end(JSON.stringify({ success: isDone, errors, messages: [], result }));
}

async function answer(account: FakeAccount, request: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
  const url = new URL(request.url ?? "/", "http://fake");
  const path = url.pathname.replace("/client/v4", "").replace(`/accounts/${accountId}`, "");
  const asked = `${request.method} ${path === "" ? "/accounts" : path}`;
  if (request.method !== "GET") account.changes.push(asked);
  for (const [call, handle] of handlers) {
    const names = new RegExp(`^${call.replaceAll("*", "([^/]+)")}$`).exec(asked)?.slice(1);
    if (names === undefined) continue;
    const type = request.headers["content-type"] ?? "";
    const body = Buffer.concat(pieces);
    return handle({ account, names, body, query: url.searchParams, type });
  }
  return notFound;
}

const madeSchema = z.object({ name: z.string(), jurisdiction: z.string().optional() });

function createDatabase({ account, body }: Call): Answer {
  const { name, jurisdiction } = madeSchema.parse(JSON.parse(body.toString()));
  const made = { name, uuid: randomUUID(), ...(jurisdiction !== undefined && { jurisdiction }) };
  account.databases.push(made);
  return { result: made };
}

function findIn(databases: FakeAccount["databases"], name: string | undefined): Answer {
  const found = databases.find((each) => each.name === name || each.uuid === name);
  return found === undefined ? notFound : { result: found };
}

function runStatement({ account, body }: Call): Answer {
  account.statements.push(z.object({ sql: z.string() }).parse(JSON.parse(body.toString())).sql);
  return { result: [{ results: [], success: true, meta: { duration: 1 } }] };
}

function listQueues({ account, query }: Call): Answer {
  const names = query.getAll("name");
  const isAsked = (name: string) => names.length === 0 || names.includes(name);
  return { result: account.queues.filter(({ queue_name }) => isAsked(queue_name)) };
}

function createQueue({ account, body }: Call): Answer {
  const wanted = z.looseObject({ queue_name: z.string() }).parse(JSON.parse(body.toString()));
  const ends = { consumers: [], producers: [] };
  const counts = { consumers_total_count: 0, producers_total_count: 0 };
  const made = { ...wanted, queue_id: randomUUID(), ...ends, ...counts };
  account.queues.push(made);
  return { result: made };
}

function keepIn(list: unknown[], body: Buffer): Answer {
  list.push(JSON.parse(body.toString()));
  return { result: {} };
}

function listSecrets({ account: { upload, secrets } }: Call): Answer {
  if (upload === null) return notFound;
  return { result: [...secrets].map((name) => ({ name, type: "secret_text" })) };
}

function listDeployments({ account: { upload } }: Call): Answer {
  if (upload === null) return notFound;
  const versions = [{ version_id: versionId, percentage: 100 }];
  return { result: { deployments: [{ id: "deployment", versions }] } };
}

function viewVersion({ account }: Call): Answer {
  const resources = { bindings: uploadedBindings(account), script: {}, script_runtime: {} };
  return { result: { id: versionId, number: 1, metadata: {}, resources } };
}

async function uploadWorker({ account, body, type }: Call): Promise<Answer> {
  const whole = new Response(new Uint8Array(body), { headers: { "content-type": type } });
  account.upload = new Map();
  for (const [name, value] of await whole.formData()) {
    account.upload.set(name, typeof value === "string" ? value : await value.text());
  }
  for (const binding of uploadedBindings(account)) {
    if (binding.type === "secret_text") account.secrets.add(binding.name);
  }
  return { result: { id: "worker", etag: "etag", startup_time_ms: 1 } };
}

const bindingSchema = z.looseObject({ name: z.string(), type: z.string() });
const metadataSchema = z.looseObject({ bindings: z.array(bindingSchema) });

/** What the last upload said of the Worker. */
export function uploadedMetadata({ upload }: FakeAccount): z.infer<typeof metadataSchema> {
  return metadataSchema.parse(JSON.parse(upload?.get("metadata") ?? "{}"));
}

function uploadedBindings(account: FakeAccount): z.infer<typeof bindingSchema>[] {
  return uploadedMetadata(account).bindings;
}
