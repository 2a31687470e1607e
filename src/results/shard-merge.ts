import {
  addRegionTally,
  copyRegionTally,
  emptyRegionTally,
  isSameRegionTally,
  isSameTally,
  subtractRegionTally,
  sumRegionTallies,
  sumTallies,
  type RegionTally,
  type Tally,
} from "../ballot/tally.ts";
import type { TallyReport } from "./tally-report.ts";
import type { ShardSnapshot } from "./shard-snapshot.ts";

type KnownShard = Omit<ShardSnapshot, "shard" | "tally"> & { tally: Map<string, RegionTally> };

/** How far a shard is known. */
export type ShardHead = Pick<ShardSnapshot, "seq" | "takenAt" | "isSealed">;

/**
 * What is known of the shards of a decision, with the sum of their tallies, which each report moves
 * by what it changes. Of a shard more ballots win, then the seal, then the later look, in whatever
 * order reports come; after a seal nothing does.
 */
export class ShardMerge {
  readonly #shards = new Map<number, KnownShard>();
  readonly #sum = new Map<string, RegionTally>();
  readonly #total = emptyRegionTally();
  /** Regions whose sum was copied since it was last given away: it may be changed in place. */
  readonly #own = new Set<string>();
  #changes = 0;

  /** How often anything has changed. */
  get changes(): number {
    return this.#changes;
  }

  get heads(): ReadonlyMap<number, ShardHead> {
    return this.#shards;
  }

  /** Whether as many ballots of a shard as in its snapshot are known, with another tally. */
  contradicts({ shard, seq, tally }: ShardSnapshot): boolean {
    const known = this.#shards.get(shard);
    return known?.seq === seq && !isSameTally(known.tally, tally);
  }

  /** Whether the sums, which each report moves, are what the shards' tallies come to. */
  get isSumOfShards(): boolean {
    const sum = sumTallies([...this.#shards.values()].map(({ tally }) => tally));
    const total = sumRegionTallies(sum.values());
    return isSameTally(this.#sum, sum) && isSameRegionTally(this.#total, total);
  }

  /** The sum over all shards as it is now; what is given stays as it is. */
  get tally(): Tally {
    this.#own.clear();
    return new Map(this.#sum);
  }

  /** The sum of all regions. */
  get total(): RegionTally {
    return copyRegionTally(this.#total);
  }

  /**
   * Takes in a report. Says whether as much as it tells is known now: a change fits only on the
   * very tally that it starts from, and a seal is told whole.
   */
  take(report: TallyReport): boolean {
    const known = this.#shards.get(report.shard);
    if (known !== undefined && (known.isSealed || report.seq < known.seq)) return true;
    if (report.isSealed && report.from !== null) return false;
    if (known?.seq === report.seq && !report.isSealed) {
      // The same ballots, looked at again.
      if (report.takenAt > known.takenAt)
        this.#shards.set(report.shard, { ...known, ...headOf(report) });
      this.#changes += 1;
      return true;
    }
    if (report.from !== null && known?.seq !== report.from) return false;
    const tally = known?.tally ?? new Map<string, RegionTally>();
    if (report.from === null) this.#dropMissing(tally, report.regions);
    for (const [region, counts] of report.regions) this.#move(tally, region, counts);
    this.#shards.set(report.shard, { ...headOf(report), tally });
    this.#changes += 1;
    return true;
  }

  #dropMissing(tally: Map<string, RegionTally>, regions: Tally): void {
    for (const region of tally.keys()) {
      if (!regions.has(region)) this.#move(tally, region, emptyRegionTally());
    }
  }

  #move(tally: Map<string, RegionTally>, region: string, counts: RegionTally): void {
    const before = tally.get(region);
    if (before === counts) return;
    tally.set(region, counts);
    const sum = this.#ownSum(region);
    for (const cell of [sum, this.#total]) {
      addRegionTally(cell, counts);
      if (before !== undefined) subtractRegionTally(cell, before);
    }
  }

  #ownSum(region: string): RegionTally {
    const sum = this.#sum.get(region);
    if (sum !== undefined && this.#own.has(region)) return sum;
    const own = sum === undefined ? emptyRegionTally() : copyRegionTally(sum);
    this.#sum.set(region, own);
    this.#own.add(region);
    return own;
  }
}

function headOf({ seq, takenAt, isSealed }: TallyReport): ShardHead {
  return { seq, takenAt, isSealed };
}
