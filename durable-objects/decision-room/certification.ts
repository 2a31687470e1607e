import { certifyDecision } from "../../src/decision/lifecycle.ts";
import { growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import { isProjectionComplete, type ProjectionReads } from "./projection-check.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";

const bounds = { firstMs: limits.certifyDelayMsFirst, maxMs: limits.certifyDelayMsMax };

/**
 * Certifies a closed decision once its projection is complete and agrees with the record. When it
 * checks next is memory alone: a new instance starts with the first delay.
 */
export class RoomCertification {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #database: ProjectionReads;
  #nextCheckAt: number | null = null;
  #checks = 0;

  constructor(store: RoomStore, results: RoomResults, database: ProjectionReads) {
    this.#store = store;
    this.#results = results;
    this.#database = database;
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
    if (!(await isProjectionComplete(this.#database, result, [...seals.values()]))) return;
    this.#store.keepDecision(certifyDecision(decision));
  }
}
