import type { Decision } from "../../src/decision/decision.ts";
import { passTime } from "../../src/decision/lifecycle.ts";
import { isInRoom } from "../../src/decision/shard-map.ts";
import { showingOf } from "../../src/decision/visibility.ts";
import { limits } from "../../src/shared/limits.ts";
import { mergeResult, type DecisionResult } from "../../src/results/result.ts";
import { showNothing, showResult, type ShownResult } from "../../src/results/shown-result.ts";
import { newerSnapshot, type ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * The merged tally of a room, in memory alone. After an eviction the shards are asked again before
 * anything is shown; a shard's seq only grows, so what is shown never goes back.
 */
export class RoomResults {
  readonly #store: RoomStore;
  readonly #shards: RoomShards;
  readonly #snapshots: Map<number, ShardSnapshot>;
  /**
   * Shards that this instance has asked itself. A report may have been sent before the room was
   * last evicted, and be older than what was shown then; an answer to a call of now can't be.
   */
  readonly #asked: Set<number>;
  #refreshing: Promise<void> | null = null;

  constructor(store: RoomStore, shards: RoomShards) {
    this.#store = store;
    this.#shards = shards;
    this.#snapshots = new Map(store.seals);
    this.#asked = new Set(store.seals.keys());
  }

  /** Takes in what a shard answered to a question of this instance. */
  mergeAnswer(snapshot: ShardSnapshot): void {
    this.#asked.add(snapshot.shard);
    this.mergeReport(snapshot);
  }

  /** Takes in what a shard reports of its own accord, in whatever order reports come. */
  mergeReport(snapshot: ShardSnapshot): void {
    const known = this.#snapshots.get(snapshot.shard);
    this.#snapshots.set(snapshot.shard, newerSnapshot(known, snapshot));
  }

  /** The result from what is known now; null while some shard has not answered this instance. */
  known(decision: Decision): DecisionResult | null {
    const shards = decision.manifest?.shardMap.length ?? 0;
    if (this.#asked.size < shards) return null;
    const regions = decision.draft.regions.map((region) => region.code);
    const { id, visibility, smallCellsMin } = decision.draft;
    const roll = decision.manifest?.roll ?? null;
    return mergeResult(
      { id, status: decision.status, regions, roll, visibility, smallCellsMin },
      [...this.#snapshots.values()],
      Date.now(),
    );
  }

  /** What may be shown of the result, from what is known now; null where that is incomplete. */
  shown(decision: Decision, now: number): ShownResult | null {
    const { id, visibility } = decision.draft;
    const { status } = decision;
    if (showingOf(visibility, status) === "nothing")
      return showNothing({ id, status, visibility }, now);
    const result = this.known(decision);
    return result === null ? null : showResult(result, now);
  }

  /** What may be shown now, after asking the shards; these are not asked where nothing may. */
  async freshShown(): Promise<ShownResult | null> {
    const current = (): Decision | null => {
      const { decision } = this.#store;
      return decision === null ? null : passTime(decision, Date.now());
    };
    const decision = current();
    if (decision === null) return null;
    const isAsked = showingOf(decision.draft.visibility, decision.status) !== "nothing";
    if (isAsked) await this.fresh();
    // Asking takes time, in which the decision may have gone on.
    return this.shown(current() ?? decision, Date.now());
  }

  /**
   * The result, after asking the shards whose snapshots are no longer fresh. A shard that does not
   * answer makes it older, and `asOf` says so.
   */
  async fresh(): Promise<DecisionResult | null> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
    const { decision } = this.#store;
    return decision === null ? null : this.known(passTime(decision, Date.now()));
  }

  async #refresh(): Promise<void> {
    const manifest = this.#store.decision?.manifest ?? null;
    if (manifest === null) return;
    const horizon = Date.now() - limits.snapshotFreshMs;
    const stale = manifest.shardMap.flatMap((_, shard) => {
      const known = this.#asked.has(shard) ? this.#snapshots.get(shard) : undefined;
      if (known === undefined) return [shard];
      // The one in this object costs nothing to ask.
      const isFresh = known.takenAt > horizon && !isInRoom(manifest.shardMap, shard);
      return known.isSealed || isFresh ? [] : [shard];
    });
    for (const snapshot of await this.#shards.snapshot(manifest, stale)) this.mergeAnswer(snapshot);
  }
}
