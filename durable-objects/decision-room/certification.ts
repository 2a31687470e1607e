import type { Decision } from "../../src/decision/decision.ts";
import { certifyDecision } from "../../src/decision/lifecycle.ts";
import { growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import type { RoomOutcome } from "./outcome.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import { checkProjection, type ProjectionReads } from "./projection-check.ts";
import type { PublicationSummary, RoomPublication } from "./publication.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { ShownResultsStore } from "./shown-results-store.ts";

const bounds = { firstMs: limits.certifyDelayMsFirst, maxMs: limits.certifyDelayMsMax };

/** What the certification reads and acts on. */
export interface CertificationDependencies {
  store: RoomStore;
  outcomeStore: OutcomeStore;
  shownStore: ShownResultsStore;
  results: RoomResults;
  outcome: Pick<RoomOutcome, "certify">;
  publication: Pick<RoomPublication, "summary">;
  database: ProjectionReads;
  compareRows: () => void;
}

/**
 * Certifies a closed decision once its projection is complete and agrees with the record. When it
 * checks next is memory alone: a new instance starts with the first delay.
 */
export class RoomCertification {
  readonly #deps: CertificationDependencies;
  #nextCheckAt: number | null = null;
  #checks = 0;

  constructor(deps: CertificationDependencies) {
    this.#deps = deps;
  }

  /** When to check next, in ms: first after the time that a ballot takes into the database. */
  nextCheckAt(now: number): number {
    this.#nextCheckAt ??= now + limits.certifyDelayMsFirst;
    return this.#nextCheckAt;
  }

  /** Begins anew with the first delay: what kept the decision from being certified may be gone. */
  restart(): void {
    this.#nextCheckAt = null;
    this.#checks = 0;
  }

  /** Checks once, and certifies if all is there; else the next check waits twice as long. */
  async check(): Promise<void> {
    const { store, results, publication, database, compareRows } = this.#deps;
    this.#checks += 1;
    this.#nextCheckAt = Date.now() + growingDelayMs(this.#checks + 1, bounds);
    const { decision, seals } = store;
    const result = decision === null ? null : results.shown(decision, Date.now());
    if (decision === null || result?.shows !== "counts") return;
    const counted = await checkProjection(database, result, [...seals.values()]);
    const { summary } = publication;
    if (counted === "incomplete" || summary === null) return;
    // All ballots are there, as many as they should be: nothing but the rows' contents can be wrong.
    const isCompared = counted === "recounted" || store.marks.get("rows_compared") === 1;
    if (isCompared) this.#certify(decision, summary);
    else compareRows();
  }

  #certify(decision: Decision, summary: PublicationSummary): void {
    const { store, outcomeStore, shownStore, outcome } = this.#deps;
    const certified = certifyDecision(decision, Date.now());
    const kept = outcome.certify(certified, summary);
    store.keepDecision(certified, () => {
      outcomeStore.keep(kept);
      if (decision.draft.disclosure !== "roll_call") shownStore.keepRegions(summary.cells.regions);
    });
  }
}
