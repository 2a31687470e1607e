import type { Decision, Manifest } from "../../src/decision/decision.ts";
import { passTime } from "../../src/decision/lifecycle.ts";
import { isInRoom } from "../../src/decision/shard-map.ts";
import type { ShardRecordState } from "../../src/ports/record-check.ts";
import { isReleased, showingOf } from "../../src/decision/visibility.ts";
import { withDeadline } from "../../src/shared/deadline.ts";
import { limits } from "../../src/shared/limits.ts";
import type { Exposure } from "../../src/results/exposure.ts";
import { toResult, type DecisionResult } from "../../src/results/result.ts";
import type { RoomReleases } from "./releases.ts";
import type { ShownResultsStore } from "./shown-results-store.ts";
import type { TokenCountStore } from "./token-count-store.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { ShardMerge } from "../../src/results/shard-merge.ts";
import { reportDelayMs, wholeReport, type TallyReport } from "../../src/results/tally-report.ts";
import { showNothing, showResult, type ShownResult } from "../../src/results/shown-result.ts";

/** What is kept of the decision itself, as far as its results depend on it. */
interface KeptResults {
  readonly decision: Decision | null;
  /** Final snapshots by shard. */
  readonly seals: ReadonlyMap<number, ShardSnapshot>;
  /** Tells when all that was written is on disk. */
  whenDurable(): Promise<void>;
}

/** The shards of a room's decision, to be asked. */
export interface AskedShards {
  /**
   * Asks one for what has changed since the seq that is known of it; null for everything. Gives
   * null where it does not answer in time.
   */
  report(manifest: Manifest, shard: number, known: number | null): Promise<TallyReport | null>;
}

/** What results are computed from, and what of them may be shown. */
export interface RoomResultsDependencies {
  store: KeptResults;
  tokenCountStore: Pick<TokenCountStore, "total">;
  shownStore: Pick<ShownResultsStore, "regions">;
  shards: AskedShards;
  releases: RoomReleases;
}

/** What a room last computed, and from what. */
type Computed = { decision: Decision; changes: number; result: DecisionResult; shown: ShownResult };

/**
 * The merged tally of a room, in memory alone. After an eviction the shards are asked again before
 * anything is shown; a shard's seq only grows, so what is shown never goes back.
 */
export class RoomResults {
  readonly #store: KeptResults;
  readonly #tokenCountStore: RoomResultsDependencies["tokenCountStore"];
  readonly #shownStore: RoomResultsDependencies["shownStore"];
  readonly #shards: AskedShards;
  readonly #releases: RoomReleases;
  readonly #merge = new ShardMerge();
  /**
   * Shards that this instance has asked itself. A report may have been sent before the room was
   * last evicted, and be older than what was shown then; an answer to a call of now can't be.
   */
  readonly #asked = new Set<number>();
  /** The shards that are being asked, with what ends once they have answered, or have not in time. */
  readonly #asking = new Map<number, Promise<void>>();
  #computed: Computed | null = null;

  constructor(deps: RoomResultsDependencies) {
    this.#store = deps.store;
    this.#tokenCountStore = deps.tokenCountStore;
    this.#shownStore = deps.shownStore;
    this.#shards = deps.shards;
    this.#releases = deps.releases;
    for (const seal of deps.store.seals.values()) this.mergeAnswer(wholeReport(seal));
  }

  /** Whether the frozen shard map has this shard. */
  hasShard(shard: number): boolean {
    return this.#store.decision?.manifest?.shardMap[shard] !== undefined;
  }

  /**
   * Takes in what a shard answered to a question of this instance. Says whether it was of use: a
   * change of what is no longer known is not.
   */
  mergeAnswer(report: TallyReport): boolean {
    if (!this.hasShard(report.shard) || !this.#merge.take(report)) return false;
    this.#asked.add(report.shard);
    return true;
  }

  /**
   * Takes in what a shard reports of its own accord, in whatever order reports come. Gives the seq
   * that is known of it; -1 for none.
   */
  mergeReport(report: TallyReport): number {
    if (this.hasShard(report.shard)) this.#merge.take(report);
    return this.#merge.heads.get(report.shard)?.seq ?? -1;
  }

  /** The seq that is known of each shard; null for none. */
  knownSeqs(manifest: Manifest): Map<number, number | null> {
    return new Map(
      manifest.shardMap.map((_, shard) => [shard, this.#merge.heads.get(shard)?.seq ?? null]),
    );
  }

  /** Takes in what shards say of their records; says whether the merged tally is what they hold. */
  agreesWith(states: readonly ShardRecordState[]): boolean {
    for (const { report, snapshot } of states) {
      if (!this.mergeAnswer(report)) this.mergeAnswer(wholeReport(snapshot));
    }
    const isContradicted = states.some(({ snapshot }) => this.#merge.contradicts(snapshot));
    return !isContradicted && this.#merge.isSumOfShards;
  }

  /** The result from what is known now; null while some shard has not answered this instance. */
  known(decision: Decision): DecisionResult | null {
    return this.#compute(decision)?.result ?? null;
  }

  /** What may be shown of the result, from what is known now; null where that is incomplete. */
  shown(decision: Decision, now: number): ShownResult | null {
    const { id, visibility } = decision.draft;
    const { status } = decision;
    const tokens = this.#tokenCountStore.total;
    if (showingOf(visibility, status) === "nothing")
      return showNothing({ id, status, visibility, tokens }, now);
    return this.#compute(decision)?.shown ?? null;
  }

  /** What may be shown now, after asking the shards; these are not asked where nothing may. */
  freshShown(): Promise<ShownResult | null> {
    return this.#shownAfter(() => this.#refresh(limits.snapshotFreshMs));
  }

  /**
   * The same for those who watch, as new as it is to be had soon: of shards that answer later the
   * next says more. Where figures come in releases, or shards have many regions, what these report
   * of their own accord will do.
   */
  shownToWatchers(): Promise<ShownResult | null> {
    return this.#shownAfter(async (decision) => {
      const shards = decision.manifest?.shardMap.length ?? 0;
      const isComplete = this.#asked.size >= shards;
      const bytes = decision.draft.regions.length * limits.reportRegionBytes;
      if (!isComplete || isReleased(decision) || reportDelayMs(shards, bytes) > 0)
        return this.#refresh(limits.snapshotFreshMs);
      const soon = this.#refresh(limits.broadcastFreshMs);
      return withDeadline(soon, limits.broadcastWaitMs, () => {});
    });
  }

  async #shownAfter(refresh: (decision: Decision) => Promise<void>): Promise<ShownResult | null> {
    const current = (): Decision | null => {
      const { decision } = this.#store;
      return decision === null ? null : passTime(decision, Date.now());
    };
    const decision = current();
    if (decision === null) return null;
    const isAsked = showingOf(decision.draft.visibility, decision.status) !== "nothing";
    if (isAsked) await refresh(decision);
    // Asking takes time, in which the decision may have gone on.
    return this.shown(current() ?? decision, Date.now());
  }

  /** The same once it is on disk: no output gate holds an event stream back until it is. */
  async durableShown(): Promise<ShownResult | null> {
    const result = await this.freshShown();
    await this.#store.whenDurable();
    return result;
  }

  /**
   * The result, after asking the shards whose snapshots are no longer fresh. A shard that does not
   * answer makes it older, and `asOf` says so.
   */
  async fresh(): Promise<DecisionResult | null> {
    await this.#refresh(limits.snapshotFreshMs);
    const { decision } = this.#store;
    return decision === null ? null : this.known(passTime(decision, Date.now()));
  }

  /** Asks the shards of which nothing is known that is as new as so many ms. Never throws. */
  async #refresh(freshMs: number): Promise<void> {
    const manifest = this.#store.decision?.manifest ?? null;
    if (manifest === null) return;
    const horizon = Date.now() - freshMs;
    const stale = manifest.shardMap.flatMap((_, shard) => {
      const known = this.#merge.heads.get(shard);
      if (known === undefined || !this.#asked.has(shard)) return [shard];
      // The one in this object costs nothing to ask.
      const isFresh = known.takenAt > horizon && !isInRoom(manifest.shardMap, shard);
      return known.isSealed || isFresh ? [] : [shard];
    });
    await Promise.all(stale.map((shard) => this.#askOnce(manifest, shard)));
  }

  #askOnce(manifest: Manifest, shard: number): Promise<void> {
    const asking =
      this.#asking.get(shard) ??
      this.#ask(manifest, shard).finally(() => this.#asking.delete(shard));
    this.#asking.set(shard, asking);
    return asking;
  }

  async #ask(manifest: Manifest, shard: number): Promise<void> {
    const known = this.#merge.heads.get(shard)?.seq ?? null;
    const answer = await this.#shards.report(manifest, shard, known);
    if (answer === null || this.mergeAnswer(answer)) return;
    // Meanwhile a report came in between: this tells everything.
    const whole = await this.#shards.report(manifest, shard, null);
    if (whole !== null) this.mergeAnswer(whole);
  }

  /** Computed once for what is known, however many ask. */
  #compute(decision: Decision): Computed | null {
    const shards = decision.manifest?.shardMap.length ?? 0;
    if (this.#asked.size < shards) return null;
    const last = this.#computed;
    const { heads, changes } = this.#merge;
    const tokens = this.#tokenCountStore.total;
    const isOfNow = last?.decision === decision && last.changes === changes;
    const isSame = isOfNow && last.result.tokens === tokens;
    // A decision without shards is as old as the look at it.
    if (isSame && shards > 0 && !this.#isReleaseWaitingOf(decision)) return last;
    const { id, visibility, regions } = decision.draft;
    const merged = toResult(
      {
        id,
        status: decision.status,
        regions: regions.map(({ code }) => code),
        roll: decision.manifest?.roll ?? null,
        visibility,
        exposure: { kind: "all" },
        tokens,
      },
      { heads: heads.values(), tally: this.#merge.tally, total: this.#merge.total },
      Date.now(),
    );
    const result = { ...merged, exposure: this.#exposureOf(decision, merged) };
    this.#computed = { decision, changes, result, shown: showResult(result, Date.now()) };
    return this.#computed;
  }

  #exposureOf(decision: Decision, result: DecisionResult): Exposure {
    if (decision.draft.disclosure === "roll_call") return { kind: "all" };
    if (!isReleased(decision)) return { kind: "regions", codes: this.#shownStore.regions ?? [] };
    return this.#releases.exposure(decision, result, Date.now());
  }

  /** Whether there is a release that comes once enough time has passed since the one before. */
  get isReleaseWaiting(): boolean {
    const { decision } = this.#store;
    return decision !== null && this.#isReleaseWaitingOf(decision);
  }

  /** After the close none comes, whatever waited. */
  #isReleaseWaitingOf(decision: Decision): boolean {
    return isReleased(decision) && this.#releases.isWaiting;
  }
}
