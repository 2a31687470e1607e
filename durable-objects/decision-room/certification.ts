import { certifyDecision } from "../../src/decision/lifecycle.ts";
import { growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import { isProjectionWhole, type ProjectionReads } from "./projection-whole.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./store.ts";

const bounds = { firstMs: limits.certifyDelayMsFirst, maxMs: limits.certifyDelayMsMax };

/** Certifies a closed decision once its projection is whole and comes to what the record says. When it looks next is memory alone: an instance that wakes begins anew. */
export class RoomCertification {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #database: ProjectionReads;
  #nextAt: number | null = null;
  #tries = 0;

  constructor(store: RoomStore, results: RoomResults, database: ProjectionReads) {
    this.#store = store;
    this.#results = results;
    this.#database = database;
  }

  /** When to look, in ms: first after the time that a ballot takes into the database. */
  momentFrom(now: number): number {
    this.#nextAt ??= now + limits.certifyDelayMsFirst;
    return this.#nextAt;
  }

  /** Looks once, and certifies if all is there; else the next look is twice as far away as this one was. */
  async look(): Promise<void> {
    this.#tries += 1;
    this.#nextAt = Date.now() + growingDelayMs(this.#tries + 1, bounds);
    const { decision, seals } = this.#store;
    const result = decision === null ? null : this.#results.shown(decision, Date.now());
    if (decision === null || result?.shows !== "counts") return;
    if (!(await isProjectionWhole(this.#database, result, [...seals.values()]))) return;
    this.#store.keepDecision(certifyDecision(decision));
  }
}
