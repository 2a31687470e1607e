import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { z } from "zod";
import { saysLater } from "../../client/repeating.ts";
import { toApiError } from "./api-error.ts";
import { parseRetryAfterMs, retryDelayMs, retryPatienceMs } from "./retry.ts";

const answerTimeoutMs = 30_000;

type Method = "GET" | "POST";

/**
 * Calls the HTTP API of one instance. A call that got no answer, or one that says "later", is repeated with jitter for
 * `retryPatienceMs`: every call of the scripts is idempotent, so an answer lost on the way costs a repeat and nothing else.
 */
export type ApiClient = {
  /** Rejects with `ApiError` on a refusal, and with a `ZodError` where the answer is not what the contract says. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** With an Idempotency-Key where one is given. */
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, key?: string): Promise<T>;
  close(): Promise<void>;
};

export type ApiClientOptions = {
  origin: string;
  key: string;
  connections: number;
  /** Ends waiting and repeating at once, for a script that is asked to stop. */
  signal?: AbortSignal;
};

export function createApiClient(options: ApiClientOptions): ApiClient {
  const pool = new Pool(options.origin, {
    connections: options.connections,
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });

  const tryOnce = async (
    method: Method,
    path: string,
    body: string | null,
    key: string | null,
  ): Promise<Answer> => {
    const answer = await pool.request({
      method,
      path: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${options.key}`,
        ...(body === null ? {} : { "content-type": "application/json" }),
        ...(key === null ? {} : { "idempotency-key": key }),
      },
      body,
      signal: options.signal ?? null,
    });
    const retryAfter = answer.headers["retry-after"];
    return {
      status: answer.statusCode,
      retryAfterMs: parseRetryAfterMs(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter),
      text: await answer.body.text(),
    };
  };

  const call = async <T>(
    method: Method,
    path: string,
    body: string | null,
    schema: z.ZodType<T>,
    key: string | null = null,
  ): Promise<T> => {
    const name = `${method} ${path}`;
    const answer = await repeatUntilAnswered(
      name,
      () => tryOnce(method, path, body, key),
      options.signal,
    );
    if (answer.status >= 300) throw toApiError(name, answer.status, answer.text);
    const parsed = schema.safeParse(JSON.parse(answer.text));
    if (parsed.success) return parsed.data;
    throw new Error(`${name} broke the contract: ${z.prettifyError(parsed.error)}`);
  };

  return {
    get: (path, schema) => call("GET", path, null, schema),
    post: (path, body, schema, key) => call("POST", path, JSON.stringify(body), schema, key),
    close: () => pool.close(),
  };
}

type Answer = { status: number; retryAfterMs: number; text: string };

async function repeatUntilAnswered(
  name: string,
  tryOnce: () => Promise<Answer>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const giveUpAt = Date.now() + retryPatienceMs;
  for (let attempt = 1; ; attempt += 1) {
    let outcome: Answer | Error;
    try {
      outcome = await tryOnce();
    } catch (error) {
      outcome = error instanceof Error ? error : new Error(String(error));
    }
    signal?.throwIfAborted();
    if (!(outcome instanceof Error) && !saysLater(outcome.status)) return outcome;

    const retryAfterMs = outcome instanceof Error ? 0 : outcome.retryAfterMs;
    const delayMs = retryDelayMs(attempt, retryAfterMs, Math.random());
    if (Date.now() + delayMs > giveUpAt) {
      if (!(outcome instanceof Error)) return outcome;
      throw new Error(`${name} got no answer in ${attempt} tries: ${outcome.message}`, {
        cause: outcome,
      });
    }
    await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
  }
}
