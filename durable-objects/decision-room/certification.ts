import { certifyDecision } from "../../src/decision/lifecycle.ts";
import { growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import { checkProjection, type ProjectionReads } from "./projection-check.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";

const bounds = { firstMs: limits.certifyDelayMsFirst, maxMs: limits.certifyDelayMsMax };

/** What the certification reads and acts on. */
export interface CertificationDependencies {
  store: RoomStore;
  results: RoomResults;
  database: ProjectionReads;
  compareRows: () => void;
}

/**
 * Certifies a closed decision once its projection is complete and agrees with the record. When it
 * checks next is memory alone: a new instance starts with the first delay.
 */
export class RoomCertification {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #database: ProjectionReads;
  /** Has the rows of a long decision compared with the record. */
  readonly #compareRows: () => void;
  #nextCheckAt: number | null = null;
  #checks = 0;

  constructor({ store, results, database, compareRows }: CertificationDependencies) {
    this.#store = store;
    this.#results = results;
    this.#database = database;
    this.#compareRows = compareRows;
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
    this.#checks += 1;
    this.#nextCheckAt = Date.now() + growingDelayMs(this.#checks + 1, bounds);
    const { decision, seals } = this.#store;
    const result = decision === null ? null : this.#results.shown(decision, Date.now());
    if (decision === null || result?.shows !== "counts") return;
    const counted = await checkProjection(this.#database, result, [...seals.values()]);
    if (counted === "incomplete") return;
    // All ballots are there, as many as they should be: nothing but the rows' contents can be wrong.
    const isCompared = counted === "recounted" || this.#store.mark("rows_compared") === 1;
    if (isCompared) this.#store.keepDecision(certifyDecision(decision, Date.now()));
    else this.#compareRows();
  }
}
