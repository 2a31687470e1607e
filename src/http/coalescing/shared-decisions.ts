import type { Decision } from "../../decision/decision.ts";
import { passTime, versionOfOpened } from "../../decision/lifecycle.ts";
import { isPublished } from "../../decision/readers.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { requireDecision, type FindReader } from "../routes/require-decision.ts";
import { SharedReads } from "./shared-reads.ts";

/** A decision for a reader. */
export interface ReadDecision {
  decision: Decision;
  /** The newer version that the reader shows and keeps; null where the decision is for it. */
  newerSeen: number | null;
}

type SharedDecision = { decision: Decision; version: number };

/**
 * Opened decisions as this isolate read them in the last second, for everybody without a key: each
 * read is else a call to the object that takes votes. Whoever has a good key asks the room, and so
 * reads what it wrote. Drafts are never shared, and take the way of what there is not.
 */
export class SharedDecisions {
  readonly #deps: HttpDependencies;
  readonly #reads: SharedReads<SharedDecision>;

  constructor(deps: HttpDependencies) {
    this.#deps = deps;
    this.#reads = new SharedReads<SharedDecision>({
      entriesMax: limits.isolateDecisionsMax,
      bytesOf: serializedBytes,
      isLast: () => false,
      keepsLast: false,
      now: () => deps.now(),
    });
  }

  /** @throws {Problem} decision.not_found */
  async read(
    decisionId: string,
    findReader: FindReader,
    seenVersion: number | null = null,
  ): Promise<ReadDecision> {
    const deps = this.#deps;
    const reader = await findReader();
    const load = () => requireDecision(deps, decisionId, () => Promise.resolve(reader));
    if (reader !== null) {
      const decision = await load();
      this.keep(decision);
      return { decision, newerSeen: null };
    }
    const read = await this.#reads.read(decisionId, seenVersion, async () => {
      const decision = await load();
      return { decision, version: versionOfOpened(decision) };
    });
    invariant(read !== null, "what there is not is a problem");
    // What the clock alone changes is not a second late.
    const decision = passTime(read.value.decision, deps.now());
    return { decision, newerSeen: read.newerSeen };
  }

  /** Shares an opened decision as a step of its life has left it. */
  keep(decision: Decision): void {
    if (!isPublished(decision)) return;
    this.#reads.keep(decision.draft.id, { decision, version: versionOfOpened(decision) });
  }
}

const shared = new WeakMap<HttpDependencies, SharedDecisions>();

/** The decisions that all routes of an isolate share. */
export function sharedDecisionsOf(deps: HttpDependencies): SharedDecisions {
  const known = shared.get(deps);
  if (known !== undefined) return known;
  const made = new SharedDecisions(deps);
  shared.set(deps, made);
  return made;
}
