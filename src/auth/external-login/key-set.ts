import type { JWK } from "jose";
import { z } from "zod";
import { readBounded } from "../../shared/bounded-text.ts";
import { limits } from "../../shared/limits.ts";
import type { ReportFailure } from "../../shared/log-line.ts";
import { LoggableError } from "../../shared/loggable-error.ts";

const keySetSchema = z.object({
  keys: z
    .array(
      z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() }),
    )
    .max(limits.jwksKeysMax),
});

type Keys = ReadonlyMap<string, JWK>;

/** Unavailable: the issuer's keys can't be had, so nobody knows whether the token is good. */
export type KeyVerdict = { key: JWK } | "unknown" | "unavailable";

export type KeySetDependencies = {
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  report: ReportFailure;
};

/**
 * An issuer's public keys by their `kid`, kept and fetched anew when they are old or when a token
 * names one that is not there: that is how issuers rotate. Asking again has its bound, so that
 * tokens with made-up kids can't have the issuer asked for each of them; and when the issuer is
 * silent, the keys at hand serve a while longer. A promise is never shared between requests: in a
 * Worker the one that waits could hang.
 */
export class KeySet {
  readonly #url: string;
  readonly #deps: KeySetDependencies;
  #keys: Keys = new Map();
  #fetchedAt = -Infinity;
  #askedAt = -Infinity;
  #asking = 0;

  constructor(url: string, deps: KeySetDependencies) {
    this.#url = url;
    this.#deps = deps;
  }

  async find(kid: string): Promise<KeyVerdict> {
    const known = this.#keys.get(kid);
    const isFresh = this.#age() < limits.jwksFreshMs;
    if (known !== undefined && isFresh) return { key: known };
    const isAnswered = this.#mayAsk() ? await this.#refresh() : isFresh;
    const key = this.#age() < limits.jwksStaleMsMax ? this.#keys.get(kid) : undefined;
    if (key !== undefined) return { key };
    return isAnswered ? "unknown" : "unavailable";
  }

  #age(): number {
    return this.#deps.now() - this.#fetchedAt;
  }

  /**
   * Until the keys are there, each request may ask, up to a bound; after that one request at a
   * time, at intervals.
   */
  #mayAsk(): boolean {
    if (this.#keys.size === 0 && this.#askedAt <= this.#fetchedAt)
      return this.#asking < limits.jwksRequestsMax;
    return this.#asking === 0 && this.#deps.now() - this.#askedAt >= limits.jwksAskAgainMs;
  }

  async #refresh(): Promise<boolean> {
    this.#asking += 1;
    try {
      this.#keys = await fetchKeys(this.#url, this.#deps);
      this.#fetchedAt = this.#deps.now();
      return true;
    } catch (error) {
      this.#deps.report("login.keys_unavailable", error);
      return false;
    } finally {
      this.#askedAt = this.#deps.now();
      this.#asking -= 1;
    }
  }
}

/** One answer, straight from the issuer, of bounded size and in bounded time. */
async function fetchKeys(url: string, deps: KeySetDependencies): Promise<Keys> {
  const response = await deps.fetch(url, {
    // Where the keys are is configured; an answer that points elsewhere does not decide it.
    redirect: "manual",
    signal: AbortSignal.timeout(limits.jwksAnswerMsMax),
    headers: { accept: "application/json" },
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new LoggableError(`the issuer's keys were answered with status ${response.status}`);
  }
  const text = await readBounded(response.body, limits.jwksBytesMax);
  if (text === null)
    throw new LoggableError(`the issuer's keys are larger than ${limits.jwksBytesMax} bytes`);
  const { keys } = keySetSchema.parse(JSON.parse(text));
  const signing = keys.flatMap(({ kid, use = "sig", ...key }): [string, JWK][] =>
    kid === undefined || use !== "sig" ? [] : [[kid, { ...key, kid, use }]],
  );
  return new Map(signing);
}
