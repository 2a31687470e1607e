import { AgedJson } from "../../results/aged-json.ts";
import { viewResult } from "../../results/result-json.ts";
import type { ShownResult } from "../../results/shown-result.ts";
import { limits } from "../../shared/limits.ts";
import { completeHeaders } from "../middleware/answer-headers.ts";
import { etagOf } from "./etag.ts";

/** A result with its answers made ready: its body is written and its headers are made once. */
export class ReadyResult {
  readonly result: ShownResult;
  /** What is the result's own of its headers. The ETag is its version. */
  readonly headers: Readonly<Record<"cache-control" | "etag", string>>;
  readonly #json: AgedJson;
  readonly #wholeHeaders: Headers;
  readonly #unchangedHeaders: Headers;

  constructor(result: ShownResult) {
    this.result = result;
    const seconds = Math.floor(limits.sharedReadMs / 1_000);
    // A browser revalidates, so that no cache gives it an older version than it has shown.
    const control = result.isFinal ? `public, max-age=${seconds}` : "no-cache";
    this.headers = { "cache-control": control, etag: etagOf(result.version) };
    this.#json = new AgedJson(viewResult(result, result.asOf), result.asOf);
    this.#wholeHeaders = completeHeaders({ ...this.headers, "content-type": "application/json" });
    this.#unchangedHeaders = completeHeaders(this.headers);
  }

  get version(): ShownResult["version"] {
    return this.result.version;
  }

  /** What its text takes of memory at most. */
  get textBytes(): number {
    return 2 * this.#json.characters;
  }

  /** The JSON of the whole at `now` (ms). */
  textAt(now: number): string {
    return this.#json.at(now);
  }

  /** The answer with the whole at `now` (ms). */
  whole(now: number): Response {
    return new Response(this.textAt(now), { headers: this.#wholeHeaders });
  }

  /** The answer to a reader that has it already. */
  unchanged(): Response {
    return new Response(null, { status: 304, headers: this.#unchangedHeaders });
  }
}
