import { BoundedMap } from "../bounded-map.ts";
import { limits } from "../limits.ts";
import { liveOutcome } from "../results/outcome-answer.ts";
import type { ShownVersion } from "../results/shown-result.ts";
import type { HttpDeps } from "./deps.ts";
import { Problem } from "./problem.ts";
import { requireVotingContext } from "./routes/require-decision.ts";

/** An outcome ready to be sent. */
export type SharedOutcome = { version: ShownVersion; isFinal: boolean; text: string };

/**
 * Outcomes that this isolate has met. A final one never changes and is kept; a live one serves all readers for a second, and no
 * reader that has seen a newer version is given an older one. Values are shared, never promises.
 */
export class SharedOutcomes {
  readonly #deps: HttpDeps;
  readonly #known = new BoundedMap<string, SharedOutcome & { readAt: number }>(
    limits.isolateOutcomesMax,
  );

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  /** @throws {Problem} decision.not_found, outcome.none, results.sealed, shard.unavailable */
  async read(decisionId: string, seenVersion: number | null): Promise<SharedOutcome> {
    const known = this.#known.get(decisionId);
    if (known !== undefined && this.#isGood(known, seenVersion)) return known;
    const read = await this.#readRoom(decisionId);
    const newest = this.#known.get(decisionId);
    // Two reads may come back in the other order than they went out.
    if (newest !== undefined && newest.version > read.version) return newest;
    this.#known.set(decisionId, { ...read, readAt: this.#deps.now() });
    return read;
  }

  #isGood(known: SharedOutcome & { readAt: number }, seenVersion: number | null): boolean {
    if (known.isFinal) return true;
    const isFresh = this.#deps.now() - known.readAt < limits.sharedReadMs;
    return isFresh && (seenVersion === null || seenVersion <= known.version);
  }

  async #readRoom(decisionId: string): Promise<SharedOutcome> {
    const reply = await this.#deps.rooms.outcome(decisionId);
    if (reply === null) throw new Problem("decision.not_found");
    if (reply.kind === "none") throw new Problem("outcome.none");
    if (reply.kind === "sealed") throw new Problem("results.sealed");
    if (reply.kind === "unavailable")
      throw new Problem("shard.unavailable", { retryAfterSeconds: 1 });
    if (reply.kind === "final") {
      return { version: reply.version, isFinal: true, text: reply.text };
    }
    const { manifest } = await requireVotingContext(this.#deps, decisionId);
    const { result, version, manifestHash } = reply;
    const outcome = liveOutcome(manifest, manifestHash, result, this.#deps.now());
    return { version, isFinal: false, text: JSON.stringify(outcome) };
  }
}
