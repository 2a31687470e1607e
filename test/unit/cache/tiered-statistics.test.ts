import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { GuardedCache } from "../../../src/cache/guard-cache.ts";
import { memoryCache } from "../../../src/cache/memory.ts";
import type { ResultCache } from "../../../src/cache/result-cache.ts";
import { TieredStatistics } from "../../../src/cache/tiered-statistics.ts";
import type { ComputedStatistics } from "../../../src/search/computed-statistics.ts";
import { SearchUnavailable } from "../../../src/search/search.ts";
import { limits } from "../../../src/shared/limits.ts";

const noCounts = { yes: 0, no: 0, abstain: 0 };

/** Isolates before one index, with a clock that the test moves; they share a cache, or none. */
class StatisticsUnderTest {
  now = 1_790_000_000_000;
  /** How many ballots there are in favour, which tells one computation from another; an error is thrown. */
  index: number | Error = 1;
  ballotsCounted: number | null = null;
  /** Resolves when the index may answer. */
  indexReady: Promise<unknown> = Promise.resolve();
  computed = 0;
  readonly reports: string[] = [];
  readonly cache: ResultCache | null;
  readonly #deferred: Promise<void>[] = [];

  constructor(isShared: boolean, wrap: (cache: ResultCache) => ResultCache = (cache) => cache) {
    this.cache = isShared ? wrap(memoryCache(() => this.now)) : null;
  }

  isolate(): TieredStatistics {
    const told = {
      now: () => this.now,
      report: (event: string) => void this.reports.push(event),
    };
    return new TieredStatistics({
      ...told,
      cache: this.cache === null ? null : new GuardedCache(this.cache, told),
      compute: () => this.#compute(),
      sleep: () => sleep(1),
      defer: (work) => void this.#deferred.push(work),
    });
  }

  async #compute(): Promise<ComputedStatistics> {
    this.computed += 1;
    const computedAt = this.now;
    await this.indexReady;
    if (this.index instanceof Error) throw this.index;
    const total = { ...noCounts, yes: this.index };
    return {
      statistics: {
        decisions: {
          total: 1,
          byStatus: [{ value: "certified", count: 1 }],
          byOutcome: [],
          byMonth: [],
          turnout: { decisions: 0, electorate: 0, voted: 0 },
        },
        ballots: {
          total,
          byRegion: [{ region: null, counts: total }],
          otherRegions: noCounts,
          byMonth: [],
        },
      },
      ballotsCounted: this.ballotsCounted,
      indexedTo: computedAt - 500,
      computedAt,
    };
  }

  /** Waits for what goes on behind the answers. */
  async settle(): Promise<void> {
    for (const work of this.#deferred.splice(0)) await work;
  }
}

const yesOf = ({ statistics }: ComputedStatistics) => statistics.ballots.total.yes;
const away = () => new SearchUnavailable(new Error("away"));

describe.each([
  ["in an isolate's memory alone", false],
  ["with a cache that isolates share", true],
])("statistics %s", (_, isShared) => {
  let tiers = new StatisticsUnderTest(isShared);
  let isolate = tiers.isolate();
  beforeEach(() => {
    tiers = new StatisticsUnderTest(isShared);
    isolate = tiers.isolate();
  });

  it("are computed once while they are fresh, for all who ask", async () => {
    expect(yesOf(await isolate.read("d"))).toBe(1);
    tiers.index = 2;
    tiers.now += limits.statisticsFreshMs - 1;
    for (let reads = 0; reads < 5; reads += 1) expect(yesOf(await isolate.read("d"))).toBe(1);
    expect(tiers.computed).toBe(1);
  });

  it("are of one decision or of all, each by itself", async () => {
    await isolate.read(null);
    tiers.index = 2;
    expect(yesOf(await isolate.read("d"))).toBe(2);
    expect(yesOf(await isolate.read("e"))).toBe(2);
    expect(yesOf(await isolate.read(null))).toBe(1);
    expect(tiers.computed).toBe(3);
  });

  it("are computed by one reader, while the others who come first wait for them", async () => {
    let open = () => {};
    tiers.indexReady = new Promise<void>((resolve) => (open = resolve));
    const reads = Array.from({ length: 20 }, () => isolate.read(null));
    await sleep(5);
    open();
    expect((await Promise.all(reads)).map(yesOf)).toEqual(reads.map(() => 1));
    expect(tiers.computed).toBe(1);
  });

  it("that are older are shown at once, while one reader computes them anew", async () => {
    await isolate.read(null);
    tiers.index = 2;
    tiers.now += limits.statisticsFreshMs;
    const reads = Array.from({ length: 20 }, () => isolate.read(null));
    expect((await Promise.all(reads)).map(yesOf)).toEqual(reads.map(() => 1));
    await tiers.settle();
    expect(tiers.computed).toBe(2);
    expect(yesOf(await isolate.read(null))).toBe(2);
  });

  it("of a decision whose ballots are not all there are fresh for seconds alone", async () => {
    tiers.ballotsCounted = 2;
    await isolate.read("d");
    tiers.now += limits.statisticsIncompleteFreshMs;
    tiers.index = 2;
    await isolate.read("d");
    await tiers.settle();
    expect(yesOf(await isolate.read("d"))).toBe(2);
    // All are there now.
    tiers.now += limits.statisticsFreshMs - 1;
    await isolate.read("d");
    expect(tiers.computed).toBe(2);
  });

  it("outlive an index that is away for an hour, which is asked now and then, and then say so", async () => {
    await isolate.read(null);
    tiers.index = away();
    tiers.now += limits.statisticsFreshMs;
    for (let reads = 0; reads < 5; reads += 1) {
      expect(yesOf(await isolate.read(null))).toBe(1);
      await tiers.settle();
    }
    expect(tiers.computed).toBe(2);
    expect(tiers.reports).toEqual(["statistics.renewal_failed"]);
    tiers.now += limits.statisticsClaimMs;
    await isolate.read(null);
    await tiers.settle();
    expect(tiers.computed).toBe(3);
    tiers.now += limits.statisticsKeptMs;
    await expect(isolate.read(null)).rejects.toThrow(SearchUnavailable);
    tiers.index = 2;
    expect(yesOf(await isolate.read(null))).toBe(2);
  });

  it("are not waited for without an end", async () => {
    tiers.indexReady = new Promise(() => {});
    void isolate.read(null);
    await expect(isolate.read(null)).rejects.toThrow(SearchUnavailable);
    // The reader who computed them is gone.
    tiers.indexReady = Promise.resolve();
    tiers.now += limits.statisticsClaimMs;
    expect(yesOf(await isolate.read(null))).toBe(1);
  });
});

describe("isolates that share a cache", () => {
  it("compute once together, and renew once", async () => {
    const tiers = new StatisticsUnderTest(true);
    const isolates = Array.from({ length: 5 }, () => tiers.isolate());
    for (const isolate of isolates) expect(yesOf(await isolate.read("d"))).toBe(1);
    expect(tiers.computed).toBe(1);
    tiers.index = 2;
    tiers.now += limits.statisticsFreshMs;
    for (const isolate of isolates) expect(yesOf(await isolate.read("d"))).toBe(1);
    await tiers.settle();
    expect(tiers.computed).toBe(2);
    for (const isolate of isolates) await isolate.read("d");
    await tiers.settle();
    for (const isolate of isolates) expect(yesOf(await isolate.read("d"))).toBe(2);
    expect(tiers.computed).toBe(2);
  });

  it("compute by themselves where the cache is away or holds what nobody of them wrote", async () => {
    const broken = new StatisticsUnderTest(true, (cache) => ({
      ...cache,
      look: () => Promise.reject(new Error("refused")),
      keep: () => Promise.reject(new Error("refused")),
    }));
    expect(yesOf(await broken.isolate().read(null))).toBe(1);
    const foreign = new StatisticsUnderTest(true, (cache) => ({
      ...cache,
      look: () => Promise.resolve({ kind: "found", version: 7, text: '{"yes":9}', leftMs: 9 }),
    }));
    expect(yesOf(await foreign.isolate().read(null))).toBe(1);
    expect([broken.computed, foreign.computed]).toEqual([1, 1]);
  });

  it("take the statistics of one decision for no other's", async () => {
    const tiers = new StatisticsUnderTest(true, (cache) => ({
      ...cache,
      look: (name) => cache.look(name.replace(/_e$/, "_d")),
    }));
    await tiers.isolate().read("d");
    tiers.index = 2;
    expect(yesOf(await tiers.isolate().read("e"))).toBe(2);
  });
});
