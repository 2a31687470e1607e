import { limits } from "../shared/limits.ts";
import { isRepeatable, retryDelayMs, saysLater } from "./repeating.ts";
import type { Answer, Ask, RouteName } from "./routes.ts";

/** The API refused: `code` is stable and `detail` says what to do next. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;

  constructor(name: string, status: number, code: string, detail: string) {
    super(`${name} answered ${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

export type Client = {
  /**
   * Calls a route. Where a repeat can do no harm, a call without an answer, or with one that says "later", is repeated with jitter; votes
   * and withdrawals get an Idempotency-Key for that, unless the caller gives one. Rejects with `Refusal`, or with what `fetch` rejected with.
   */
  call<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>>;
};

export type ClientOptions = {
  origin: string;
  /** A ballot token, an API key or an ID token; without one calls are the public's. */
  credential?: string;
};

type LooseAsk = {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  idempotencyKey?: string;
};

/** A client of the HTTP API for browsers and Node; its types are those of the contract. */
export function createClient({ origin, credential }: ClientOptions): Client {
  return {
    async call<Name extends RouteName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>> {
      const request = () => fetch(urlOf(origin, name, ask), initOf(name, ask, credential, key));
      const { idempotencyKey: key = crypto.randomUUID() }: LooseAsk = ask;
      const response = await answered(name, request);
      const text = await response.text();
      if (!response.ok) throw toRefusal(name, response.status, text);
      // The server made it from the schema that the type is inferred from.
      return (text === "" ? null : JSON.parse(text)) as Answer<Name>;
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

function initOf(
  name: RouteName,
  { body }: LooseAsk,
  credential: string | undefined,
  key: string,
): RequestInit {
  const headers = new Headers();
  if (credential !== undefined) headers.set("authorization", `Bearer ${credential}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  if (isRepeatable(name) === "with its key") headers.set("idempotency-key", key);
  return {
    method: name.slice(0, name.indexOf(" ")),
    headers,
    signal: AbortSignal.timeout(limits.clientAnswerMsMax),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function answered(name: RouteName, request: () => Promise<Response>): Promise<Response> {
  const triesMax = isRepeatable(name) === "no" ? 1 : limits.clientTriesMax;
  for (let tries = 1; ; tries += 1) {
    let delayMs = retryDelayMs(tries, 0, Math.random());
    try {
      const response = await request();
      if (tries === triesMax || !saysLater(response.status)) return response;
      const seconds = Number(response.headers.get("retry-after") ?? 0);
      delayMs = retryDelayMs(tries, Number.isFinite(seconds) ? seconds : 0, Math.random());
      await response.body?.cancel();
    } catch (error) {
      if (tries === triesMax) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

function toRefusal(name: string, status: number, text: string): Refusal {
  try {
    // What is not a problem document has neither member.
    const { code = "", detail = "" } = JSON.parse(text) as { code?: string; detail?: string };
    return new Refusal(name, status, code, detail);
  } catch {
    // Whatever stands between has answered in its own words.
    return new Refusal(name, status, "", text.slice(0, limits.clientQuoteCharactersMax));
  }
}
