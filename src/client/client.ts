import { limits } from "../shared/limits.ts";
import { Bookmarks } from "./bookmarks.ts";
import { ContractError } from "./client-errors.ts";
import {
  defaultRetryPolicy,
  isRepeatable,
  parseRetryAfterMs,
  type RetryPolicy,
} from "./repeating.ts";
import type { Answer, Ask, RouteName } from "./routes.ts";
import type { Fetch, FetchRequest } from "./transport.ts";
import { untilAnswered, type Reply } from "./until-answered.ts";
import { toApiError } from "./to-api-error.ts";

export type Client = {
  /**
   * Calls a route. A call without an answer, or with one that says "later", is repeated with jitter
   * where a repeat does no harm. A vote's nonce makes its repeat known; `createVoter` draws it.
   * @throws {ApiError} the API refused
   * @throws {NoAnswer} there was no answer in all tries
   * @throws {ContractError} the answer is not what the contract says
   */
  call<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>>;
};

export type ClientOptions = {
  origin: string;
  /** A ballot token, an API key or an ID token; without one calls are the public's. */
  credential?: string;
  /** The platform's own unless given. */
  fetch?: Fetch;
  retry?: RetryPolicy;
  /** Ends every call under way, with the signal's reason. */
  signal?: AbortSignal;
  /**
   * Looks at an answer before it is given out, and throws where it is not what the contract says.
   * Without it the server is trusted.
   */
  check?: (name: RouteName, answer: unknown) => void;
};

type LooseAsk = {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  body?: unknown;
  idempotencyKey?: string;
};

type Method = FetchRequest["method"];

/** A client of the HTTP API for browsers and Node; its types are those of the contract. */
export function createClient(options: ClientOptions): Client {
  const { origin, credential, retry = defaultRetryPolicy, signal, check } = options;
  const send: Fetch = options.fetch ?? ((url, request) => fetch(url, request));
  const bookmarks = new Bookmarks();

  return {
    async call<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>> {
      const { body }: LooseAsk = ask;
      const url = urlOf(origin, name, ask);
      const request = requestOf(name, ask, credential);
      const answerMsMax = answerMsMaxOf(body);
      const sendOnce = async (): Promise<Reply> => {
        const { headers, keep } = bookmarks.begin(url, request);
        const timed = { ...request, headers, signal: signalFor(answerMsMax, signal) };
        const answer = await send(url, timed);
        keep(answer);
        const retryAfterMs = parseRetryAfterMs(answer.headers.get("retry-after"));
        const isCsv = answer.headers.get("content-type")?.startsWith("text/csv") === true;
        return { status: answer.status, retryAfterMs, isCsv, text: await answer.text() };
      };
      const policy = isRepeatable(name, body) ? retry : { ...retry, triesMax: 1 };
      const reply = await untilAnswered({ name, sendOnce, retry: policy, signal });
      if (reply.status < 200 || reply.status >= 300) {
        throw toApiError(name, reply.status, reply.text);
      }
      const answer = reply.isCsv ? reply.text : parseAnswer(name, reply.text);
      check?.(name, answer);
      // The server made it from the schema that the type is inferred from.
      return answer as Answer<Name>;
    },
  };
}

function urlOf(origin: string, name: RouteName, { path = {}, query = {} }: LooseAsk): URL {
  const template = name.slice(name.indexOf(" ") + 1);
  const filled = template.replace(/\{(\w+)\}/g, (_, member: string) =>
    encodeURIComponent(path[member] ?? ""),
  );
  const url = new URL(filled, origin);
  for (const [member, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(member, String(value));
  }
  return url;
}

function requestOf(
  name: RouteName,
  { body, idempotencyKey }: LooseAsk,
  credential: string | undefined,
): Omit<FetchRequest, "signal"> {
  const headers: Record<string, string> = {};
  if (credential !== undefined) headers["authorization"] = `Bearer ${credential}`;
  if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
  // A route's name begins with its method.
  const method = name.slice(0, name.indexOf(" ")) as Method;
  if (body === undefined) return { method, headers };
  if (body instanceof Blob) {
    return { method, headers: { ...headers, "content-type": body.type }, body };
  }
  headers["content-type"] = "application/json";
  return { method, headers, body: JSON.stringify(body) };
}

/** How long an answer may take, in ms: an upload has its own time on the line before it. */
export function answerMsMaxOf(body: unknown): number {
  if (!(body instanceof Blob)) return limits.clientAnswerMsMax;
  return limits.clientUploadMsMax + Math.ceil(body.size / limits.clientUploadBytesAMsMin);
}

function signalFor(answerMsMax: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(answerMsMax);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

function parseAnswer(name: RouteName, text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    const start = text.slice(0, limits.clientQuoteCharactersMax);
    throw new ContractError(name, `this is not JSON: ${start}`);
  }
}
