import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { liveOutcome } from "../../results/outcome-answer.ts";
import type { ShownVersion } from "../../results/shown-result.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { Problem } from "../problem.ts";
import {
  requireDecision,
  requireVotingContext,
  type FindReader,
} from "../routes/require-decision.ts";
import { SharedReads, type SharedRead } from "./shared-reads.ts";

/**
 * An outcome, and its JSON text as it is sent at a moment (ms): a live one says its age. It is the
 * last one once it is certified: that of the close still gains publication and signature.
 */
export type SharedOutcome = {
  version: ShownVersion;
  isLast: boolean;
  bytes: number;
  textAt: (now: number) => string;
};

/** Outcomes that this isolate has met. A certified one never changes and is kept. */
export class SharedOutcomes {
  readonly #deps: HttpDependencies;
  readonly #reads: SharedReads<SharedOutcome>;

  constructor(deps: HttpDependencies) {
    this.#deps = deps;
    this.#reads = new SharedReads({
      entriesMax: limits.isolateOutcomesMax,
      bytesOf: ({ bytes }) => bytes,
      isLast: ({ isLast }) => isLast,
      keepsLast: true,
      now: () => deps.now(),
    });
  }

  /** @throws {Problem} decision.not_found, outcome.none, results.sealed, shard.unavailable */
  async read(
    decisionId: string,
    seenVersion: number | null,
    findReader: FindReader,
  ): Promise<SharedRead<SharedOutcome>> {
    const read = await this.#reads.read(decisionId, seenVersion, () =>
      this.#readRoom(decisionId, findReader),
    );
    invariant(read !== null, "a room that has no outcome says why");
    return read;
  }

  async #readRoom(decisionId: string, findReader: FindReader): Promise<SharedOutcome> {
    const reply = await this.#deps.decisions.outcome(decisionId);
    if (reply.kind === "none") {
      await requireDecision(this.#deps, decisionId, findReader);
      throw new Problem("outcome.none");
    }
    if (reply.kind === "sealed") throw new Problem("results.sealed");
    if (reply.kind === "unavailable") throw new Problem("shard.unavailable");
    if (reply.kind === "final") {
      const { version, text, isCertified } = reply;
      return { version, isLast: isCertified, bytes: serializedBytes(text), textAt: () => text };
    }
    const { manifest } = await requireVotingContext(this.#deps, decisionId);
    const { result, version, manifestHash } = reply;
    const bytes = serializedBytes(manifest) + serializedBytes(result);
    const textAt = liveOutcome(manifest, manifestHash, result);
    return { version, isLast: false, bytes, textAt };
  }
}
