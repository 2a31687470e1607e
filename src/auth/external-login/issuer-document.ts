import { readBounded } from "../../shared/bounded-text.ts";
import { limits } from "../../shared/limits.ts";
import type { ReportFailure } from "../../shared/log-line.ts";
import { LoggableError } from "../../shared/loggable-error.ts";

export type IssuerDependencies = {
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  report: ReportFailure;
};

/** Where a document is, what it is called in a line of the log, and how it is read. */
interface DocumentTerms<Value> {
  url: string;
  name: string;
  /** @throws where it is none */
  read: (json: unknown) => Value;
}

/** Unavailable: the document can't be had, so nobody knows what stands in it. */
export type DocumentVerdict<Value> = { value: Value } | "lacking" | "unavailable";

/**
 * What an issuer publishes of itself, kept and fetched anew when it is old or lacks what is looked
 * for: that is how issuers rotate. Asking again has its bound, so that tokens with made-up kids can't
 * have the issuer asked for each of them; and when the issuer is silent, what is at hand serves a
 * while longer. A promise is never shared between requests: in a Worker the one that waits could
 * hang.
 */
export class IssuerDocument<Value> {
  readonly #terms: DocumentTerms<Value>;
  readonly #deps: IssuerDependencies;
  #kept: { value: Value } | null = null;
  #fetchedAt = -Infinity;
  #askedAt = -Infinity;
  #asking = 0;

  constructor(terms: DocumentTerms<Value>, deps: IssuerDependencies) {
    this.#terms = terms;
    this.#deps = deps;
  }

  /** The newest that is at hand, where it has what is looked for. */
  async find(hasIt: (value: Value) => boolean): Promise<DocumentVerdict<Value>> {
    const isFresh = this.#age() < limits.jwksFreshMs;
    if (isFresh && this.#kept !== null && hasIt(this.#kept.value)) return this.#kept;
    const isAnswered = this.#mayAsk() ? await this.#refresh() : isFresh;
    const kept = this.#age() < limits.jwksStaleMsMax ? this.#kept : null;
    if (kept !== null && hasIt(kept.value)) return kept;
    return isAnswered ? "lacking" : "unavailable";
  }

  #age(): number {
    return this.#deps.now() - this.#fetchedAt;
  }

  /**
   * Until it is there, each request may ask, up to a bound; after that one request at a time, at
   * intervals.
   */
  #mayAsk(): boolean {
    if (this.#kept === null && this.#askedAt <= this.#fetchedAt)
      return this.#asking < limits.jwksRequestsMax;
    return this.#asking === 0 && this.#deps.now() - this.#askedAt >= limits.jwksAskAgainMs;
  }

  async #refresh(): Promise<boolean> {
    this.#asking += 1;
    try {
      const { url, name, read } = this.#terms;
      const answer = await fetchBounded(this.#deps, url, { headers: jsonAlone });
      if (answer.status !== 200)
        throw new LoggableError(`${name} was answered with status ${answer.status}`);
      this.#kept = { value: read(await answer.json()) };
      this.#fetchedAt = this.#deps.now();
      return true;
    } catch (error) {
      this.#deps.report("login.issuer_unavailable", error);
      return false;
    } finally {
      this.#askedAt = this.#deps.now();
      this.#asking -= 1;
    }
  }
}

const jsonAlone = { accept: "application/json" };

/**
 * One answer, straight from an issuer, of bounded size and in bounded time. Where to ask is
 * configured or discovered; an answer that points elsewhere does not decide it.
 */
export async function fetchBounded(
  { fetch }: Pick<IssuerDependencies, "fetch">,
  url: string,
  init: RequestInit,
): Promise<Response> {
  const signal = AbortSignal.timeout(limits.jwksAnswerMsMax);
  const response = await fetch(url, { ...init, redirect: "manual", signal });
  const { status, headers } = response;
  const text = await readBounded(response.body, limits.jwksBytesMax);
  if (text === null)
    throw new LoggableError(`an issuer's answer is larger than ${limits.jwksBytesMax} bytes`);
  const isBodiless = status < 200 || [204, 205, 304].includes(status);
  return new Response(isBodiless ? null : text, {
    status: status < 200 ? 502 : status,
    headers: { "content-type": headers.get("content-type") ?? "" },
  });
}
