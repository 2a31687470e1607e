import { describe, expect, it } from "vitest";
import { moveTally, type Tally } from "../../../src/ballot/tally.ts";
import {
  diffResults,
  keepDelta,
  missedDeltas,
  type ResultDelta,
} from "../../../src/results/delta.ts";
import { viewResult } from "../../../src/results/result-json.ts";
import {
  showResult,
  type ShownCounts,
  type ShownResult,
} from "../../../src/results/shown-result.ts";
import { mergeResult } from "../../../src/results/result.ts";
import type { ShardSnapshot } from "../../../src/results/shard-snapshot.ts";

type CountsDelta = ShownCounts & { from: number };

const regions = ["north", "south"];
const decision = {
  id: "delta",
  status: "open" as const,
  regions,
  roll: null,
  visibility: "live" as const,
  exposure: { kind: "all" as const },
};

/** The merge of snapshots as everybody sees it in a live decision. */
function shownCounts(...merged: Parameters<typeof mergeResult>): ShownCounts {
  const shown = showResult(mergeResult(...merged), 0);
  if (shown.shows !== "counts") throw new Error("a live decision shows its counts");
  return shown;
}

function tallyOf(yesNorth: number, noSouth: number): Tally {
  const vote = (choice: "yes" | "no", region: string, count: number) =>
    Array.from({ length: count }, () => ({ choice, region, weight: 3 }));
  return moveTally(
    new Map(),
    [...vote("yes", "north", yesNorth), ...vote("no", "south", noSouth)],
    [],
  );
}

function snapshot(shard: number, seq: number, more: Partial<ShardSnapshot> = {}): ShardSnapshot {
  return { shard, seq, tally: tallyOf(seq, 0), takenAt: seq * 10, isSealed: false, ...more };
}

describe("merging snapshots", () => {
  it("sums shards region by region, shows regions without a ballot, and keeps weights exact", () => {
    const result = shownCounts(
      decision,
      [snapshot(0, 2), snapshot(1, 3, { tally: tallyOf(1, 2) })],
      500,
    );
    expect(viewResult(result, 500)).toMatchObject({
      version: 5 + 2,
      final: false,
      as_of: new Date(20).toISOString(),
      age_ms: 480,
      total: {
        yes: { ballots: 3, weight: "9" },
        no: { ballots: 2, weight: "6" },
        ballots: 5,
        weight: "15",
      },
      regions: [
        { region: "north", ballots: 3 },
        { region: "south", ballots: 2 },
      ],
    });
    const empty = viewResult(shownCounts(decision, [], 7), 7);
    expect(empty).toMatchObject({ regions: [{ ballots: 0 }, { ballots: 0 }] });
  });

  it("is never fresher than its oldest open shard, and final only when every shard is sealed", () => {
    const sealed = snapshot(0, 9, { isSealed: true, takenAt: 50 });
    const half = mergeResult({ ...decision, status: "closing" }, [sealed, snapshot(1, 1)], 100);
    expect([half.asOf, half.isFinal]).toEqual([10, false]);
    const all = [sealed, snapshot(1, 1, { isSealed: true, takenAt: 70 })];
    const final = mergeResult({ ...decision, status: "closed" }, all, 900);
    expect([final.asOf, final.isFinal]).toEqual([70, true]);
  });
});

describe("deltas", () => {
  const history = [0, 1, 3, 4, 9].map((seq, index) =>
    shownCounts(decision, [snapshot(0, seq, { tally: tallyOf(seq, index) })], 1),
  );
  const deltas = history.slice(1).map((after, index) => changeOf(historyAt(index), after));
  const last = historyAt(4);

  function changeOf(before: ShownResult, after: ShownResult): CountsDelta {
    const change = diffResults(before, after);
    if (change?.shows !== "counts") throw new Error("both show their counts");
    return change;
  }

  function historyAt(index: number): ShownCounts {
    const result = history[index];
    if (result === undefined) throw new Error(`no result ${index}`);
    return result;
  }

  function follow(from: ShownCounts, missed: readonly CountsDelta[]): ShownCounts {
    return missed.reduce<ShownCounts>(
      (state, delta) => ({ ...delta, regions: new Map([...state.regions, ...delta.regions]) }),
      from,
    );
  }

  it("bring whoever missed some from any version, also one in between, to exactly the last state", () => {
    for (const since of history) {
      const missed = deltas.filter((one) => missedDeltas(deltas, since.version)?.includes(one));
      expect(viewResult(follow(since, missed), 1)).toEqual(viewResult(last, 1));
    }
    const between = shownCounts(decision, [snapshot(0, 2, { tally: tallyOf(2, 1) })], 1);
    const later = deltas.filter((one) => missedDeltas(deltas, between.version)?.includes(one));
    expect(viewResult(follow(between, later), 1)).toEqual(viewResult(last, 1));
  });

  it("hold the changed regions alone", () => {
    const [first] = deltas;
    expect([...(first?.regions.keys() ?? [])]).toEqual(["north", "south"]);
    expect(changeOf(last, { ...last, status: "closing" }).regions.size).toBe(0);
  });

  it("are not enough for whoever left before the oldest that is kept", () => {
    expect(missedDeltas(deltas.slice(1), historyAt(0).version)).toBeNull();
    expect(missedDeltas([], 0)).toBeNull();
    expect(missedDeltas(deltas, last.version)).toEqual([]);
  });

  it("are kept up to their limit, the oldest going first", () => {
    const [first] = deltas;
    if (first === undefined) throw new Error("no delta");
    const large = {
      ...last,
      regions: new Map(Array.from({ length: 999 }, (_, at) => [`${at}`, last.total])),
    };
    const small = { ...first, regions: new Map() };
    let kept: ResultDelta[] = [];
    for (let from = 1; from <= 500; from += 1) kept = keepDelta(kept, { ...small, from }, large);
    expect([kept.length, kept[0]?.from, kept.at(-1)?.from]).toEqual([240, 261, 500]);
  });

  it("are kept while together they have no more cells than the state, the whole counting as one", () => {
    const [first] = deltas;
    if (first === undefined) throw new Error("no delta");
    const keepAll = (each: readonly ResultDelta[], state: ShownResult) =>
      each.reduce<ResultDelta[]>((kept, delta) => keepDelta(kept, delta, state), []);
    const wholeAlone = { ...first, regions: new Map() };
    const of = (cells: number) => (cells === 1 ? wholeAlone : first);
    const keptOf = (...cells: number[]) =>
      keepAll(
        cells.map((count, from) => ({ ...of(count), from })),
        last,
      ).map(({ from }) => from);
    expect(keptOf(3)).toEqual([0]);
    expect(keptOf(3, 1)).toEqual([1]);
    expect(keptOf(1, 3)).toEqual([1]);
    expect(keptOf(1, 1, 1)).toEqual([0, 1, 2]);
    expect(keptOf(1, 1, 1, 1)).toEqual([1, 2, 3]);
  });
});
