import {
  certifyDecision,
  closeDecision,
  isSettled,
  nextLifecycleMoment,
  passTime,
} from "../src/decision/lifecycle.ts";
import { viewDecision } from "../src/decision/decision-json.ts";
import { extensionMoment, watchQuorum } from "../src/decision/extension.ts";
import { isDecided, isQuorate } from "../src/results/decision-outcome.ts";
import type { DecisionProjection, RegionalResultRow } from "../src/database/database.ts";
import { isListedByRegion } from "../src/decision/visibility.ts";
import type { ShownCounts } from "../src/results/shown-result.ts";
import { invariant } from "../src/invariant.ts";
import { limits } from "../src/limits.ts";
import { isProjectionWhole, type ProjectionReads } from "./projection-whole.ts";
import { retryDelayMs } from "../src/vote-log/drain.ts";
import { reportFailure } from "../workers/report-failure.ts";
import type { RoomOutcome } from "./room-outcome.ts";
import type { RoomResults } from "./room-results.ts";
import type { RoomShards } from "./room-shards.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * Brings the world to what the room's record says: shards opened, shards sealed, database projected. Every step looks at what is and
 * does what is missing, so running it again, after a crash or side by side with an alarm, is always safe.
 */
export class RoomLifecycle {
  readonly #store: RoomStore;
  readonly #shards: RoomShards;
  readonly #results: RoomResults;
  readonly #outcome: RoomOutcome;
  readonly #projection: DecisionProjection & ProjectionReads;
  #running: Promise<number | null> = Promise.resolve(null);
  #failures = 0;
  /** When to compare with the projection next, in ms, and how often it was not whole yet; memory alone. */
  #certifyAt: number | null = null;
  #certifyTries = 0;

  constructor(
    store: RoomStore,
    shards: RoomShards,
    results: RoomResults,
    outcome: RoomOutcome,
    projection: DecisionProjection & ProjectionReads,
  ) {
    this.#store = store;
    this.#shards = shards;
    this.#results = results;
    this.#outcome = outcome;
    this.#projection = projection;
  }

  /** Runs the steps, one run after another; gives when to run next (ms), or null. Never throws. */
  reconcile(): Promise<number | null> {
    this.#running = this.#running.then(() => this.#run());
    return this.#running;
  }

  /** Whether the shards have the manifest's terms, so that votes are judged. */
  get areShardsOpened(): boolean {
    return this.#store.mark("shards_opened") === 1;
  }

  async #run(): Promise<number | null> {
    const { decision } = this.#store;
    if (decision === null) return null;
    this.#store.keepDecision(passTime(decision, Date.now()));
    const isDone = [
      await this.#try("room.open_failed", () => this.#openShards()),
      await this.#try("room.extension_failed", () => this.#extendWindow()),
      await this.#try("room.early_finish_failed", () => this.#finishEarly()),
      await this.#try("room.seal_failed", () => this.#sealShards()),
      await this.#try("room.projection_failed", () => this.#project()),
    ].every(Boolean);
    this.#failures = isDone ? 0 : this.#failures + 1;
    if (!isDone) return Date.now() + retryDelayMs(this.#failures);
    if (this.#store.decision?.status === "closed") return this.#certifyWhenDue();
    return this.#store.decision === null ? null : nextLifecycleMoment(this.#store.decision);
  }

  /** Certifies once the projection equals the record; gives when to look again, in ms, or null when nothing is left to do. */
  async #certifyWhenDue(): Promise<number | null> {
    this.#certifyAt ??= Date.now() + limits.certifyDelayMsFirst;
    if (Date.now() < this.#certifyAt) return this.#certifyAt;
    await this.#try("room.certify_failed", () => this.#certify());
    if (this.#store.decision?.status !== "closed") {
      const isKnown = await this.#try("room.projection_failed", () => this.#project());
      return isKnown ? null : Date.now() + limits.certifyDelayMsFirst;
    }
    this.#certifyTries += 1;
    const waitMs = limits.certifyDelayMsFirst * 2 ** this.#certifyTries;
    this.#certifyAt = Date.now() + Math.min(waitMs, limits.certifyDelayMsMax);
    return this.#certifyAt;
  }

  async #certify(): Promise<void> {
    const { decision, seals } = this.#store;
    const result = decision === null ? null : this.#results.shown(decision, Date.now());
    if (decision === null || result?.shows !== "counts") return;
    if (!(await isProjectionWhole(this.#projection, result, [...seals.values()]))) return;
    this.#store.keepDecision(certifyDecision(decision));
  }

  async #openShards(): Promise<void> {
    const { decision } = this.#store;
    const isVoting = decision?.status === "open" || decision?.status === "scheduled";
    if (!isVoting || decision.manifest === null || this.areShardsOpened) return;
    const all = decision.manifest.shardMap.map((_, shard) => shard);
    const opened = await this.#shards.open(decision.manifest, all);
    for (const snapshot of opened) this.#results.mergeAnswer(snapshot);
    invariant(opened.length === all.length, "some shards did not take their terms");
    this.#store.keepMark("shards_opened", 1);
  }

  /**
   * Extends the window when the quorum came late. The decision for it is kept before any shard is told, and no shard is sealed before
   * the longer window has ended: so a crash, or a shard that hears of it late, loses no vote.
   */
  async #extendWindow(): Promise<void> {
    const due = this.#store.decision === null ? null : extensionMoment(this.#store.decision);
    const isOpen = this.#store.decision?.status === "open";
    if (isOpen && due !== null && Date.now() >= due) {
      const result = await this.#results.fresh();
      invariant(result !== null, "some shards did not say how many votes they have");
      // Read again: while the shards were asked, the decision may have been closed.
      const { decision } = this.#store;
      if (decision === null || decision.manifest === null) return;
      const isReached = isQuorate(decision.manifest, result);
      this.#store.keepDecision(watchQuorum(decision, isReached, Date.now()));
    }
    const { decision } = this.#store;
    const isTold = this.#store.mark("shards_extended") === 1;
    if (decision?.status !== "open" || decision.extendedTo === null || isTold) return;
    if (decision.manifest === null) return;
    const all = decision.manifest.shardMap.map((_, shard) => shard);
    const told = await this.#shards.extend(decision.manifest, all, decision.extendedTo);
    invariant(told.length === all.length, "some shards do not know of their longer window");
    this.#store.keepMark("shards_extended", 1);
  }

  /** Begins the end where nothing can change any more: what is known is a part of what will be, and certainty holds for every future of it. */
  async #finishEarly(): Promise<void> {
    const { decision } = this.#store;
    if (decision?.status !== "open" || decision.manifest?.isEarlyFinish !== true) return;
    const result = this.#results.known(decision);
    if (result === null || !isDecided(decision.manifest, result)) return;
    const closed = closeDecision(decision);
    if ("decision" in closed) this.#store.keepDecision(closed.decision);
  }

  async #sealShards(): Promise<void> {
    const { decision } = this.#store;
    const isEnding = decision?.status === "closing" || decision?.status === "cancelled";
    if (!isEnding || decision.manifest === null) return;
    const { manifest } = decision;
    const unsealed = manifest.shardMap.flatMap((_, shard) =>
      this.#store.seals.has(shard) ? [] : [shard],
    );
    if (unsealed.length > 0) {
      const seals = await this.#shards.seal(manifest, unsealed);
      for (const seal of seals) this.#results.mergeAnswer(seal);
      this.#store.keepSeals(seals);
      invariant(seals.length === unsealed.length, "some shards did not give their seals");
    }
    if (decision.status !== "closing") return;
    this.#outcome.keep(decision);
    this.#store.keepDecision({ ...decision, status: "closed" });
  }

  /** Lets the database's regional lists follow a decision that is still open. Never throws: the next change tries again. */
  async projectLiveResults(): Promise<void> {
    await this.#try("room.projection_failed", () => this.#project("with live results"));
  }

  /** Writes the decision into the database, and its regional results once they are final or when they are asked for. */
  async #project(live?: "with live results"): Promise<void> {
    const { decision, revision } = this.#store;
    if (decision === null) return;
    const isDue = isSettled(decision.status) || live !== undefined;
    const shown = isDue && isListedByRegion(decision) ? await this.#results.freshShown() : null;
    const result = shown?.shows === "counts" ? shown : null;
    // Certifying moves the version of a result whose figures stay: those that were projected with the close are the last.
    const version = this.#store.outcome?.version ?? result?.version ?? 0;
    const isKnown = result === null || this.#store.mark("results_projected") >= version;
    if (isKnown && this.#store.mark("projected") >= revision) return;
    const row = {
      id: decision.draft.id,
      title: decision.draft.title,
      status: decision.status,
      createdAt: decision.createdAt,
      document: JSON.stringify(viewDecision(decision)),
      revision,
    };
    await this.#projection.project(row, result === null ? [] : regionalRows(result));
    this.#store.keepMark("projected", revision);
    if (result !== null) this.#store.keepMark("results_projected", result.version);
  }

  async #try(event: string, step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      reportFailure(event, error, { decision: this.#store.decision?.draft.id });
      return false;
    }
  }
}

function regionalRows(result: ShownCounts): RegionalResultRow[] {
  const { decisionId, version, asOf, isFinal } = result;
  return [...result.regions].map(([region, { figures: tally }]) => ({
    decisionId,
    region,
    version,
    asOf,
    isFinal,
    tally,
  }));
}
