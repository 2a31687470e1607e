import { env, exports } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import { expectDocumented } from "./documented.ts";

const origin = "https://enviro.example";
export const adminKey = "test-admin-key-of-32-characters-or-more";

export type ApiAnswer<Body> = { status: number; headers: Headers; body: Body };
export type Ask = {
  key?: string | null;
  body?: unknown;
  text?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** Asks an isolate that has met nobody, so that the answer is none that readers share. */
  afresh?: boolean;
};

/** Sends a request through the Worker's own fetch handler; without a key it goes as the public. */
export async function send(method: string, path: string, ask: Ask = {}): Promise<Response> {
  const headers = new Headers(ask.headers);
  if (ask.key !== undefined && ask.key !== null) headers.set("authorization", `Bearer ${ask.key}`);
  const text = ask.text ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  if (text !== undefined && !headers.has("content-type"))
    headers.set("content-type", "application/json");
  const body = text === undefined ? {} : { body: text };
  const request = new Request(`${origin}${path}`, {
    method,
    headers,
    // As it is answered: a browser would go on where it is sent to.
    redirect: "manual",
    ...body,
  });
  const isolate =
    ask.afresh === true ? createApp(httpDependencies(env, chooseCache(env))) : exports.default;
  const response = await isolate.fetch(request);
  await expectDocumented(request, response);
  return response;
}

/** The same, with the answer's JSON taken for what the caller says it is; a test that is wrong about it fails on the next line. */
export async function api<Body = Record<string, unknown>>(
  method: string,
  path: string,
  ask: Ask = {},
): Promise<ApiAnswer<Body>> {
  const response = await send(method, path, ask);
  const text = await response.text();
  const body = (text === "" ? null : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

export type ReceiptBody = {
  decision_id: string;
  ballot_hash: string;
  r: string;
  u: string;
  c: string;
  key_id: string;
  signature: string;
};
export type ProblemBody = { code: string; errors?: { pointer: string }[] };
