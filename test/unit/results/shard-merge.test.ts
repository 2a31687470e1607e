import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameTally, moveTally, type Tally } from "../../../src/ballot/tally.ts";
import { mergeResult, toResult } from "../../../src/results/result.ts";
import { ShardMerge } from "../../../src/results/shard-merge.ts";
import {
  changeReport,
  decodeReport,
  encodeReport,
  wholeReport,
  type TallyReport,
} from "../../../src/results/tally-report.ts";
import type { ShardSnapshot } from "../../../src/results/shard-snapshot.ts";
import { UnknownVersion } from "../../../src/shared/versioned.ts";
import { randomRuns } from "../../support/random-runs.ts";

const regions = ["north", "south", "east", "west"];
const decision = {
  id: "merged",
  status: "open" as const,
  regions,
  roll: null,
  visibility: "live" as const,
  exposure: { kind: "all" as const },
};

function snapshotOf(seq: number, more: Partial<ShardSnapshot> = {}): ShardSnapshot {
  const ballots = Array.from({ length: seq }, (_, index) => ({
    choice: index % 3 === 0 ? ("no" as const) : ("yes" as const),
    region: regions[index % regions.length] ?? "",
    weight: 3,
  }));
  const tally = moveTally(new Map(), ballots, []);
  return { shard: 0, seq, tally, takenAt: seq * 10, isSealed: false, ...more };
}

/** All that a merge says, against the same summed anew. */
function expectSum(merge: ShardMerge, snapshots: readonly ShardSnapshot[]): void {
  const { heads, tally, total } = merge;
  const result = toResult(decision, { heads: heads.values(), tally, total }, 0);
  expect(result).toEqual(mergeResult(decision, snapshots, 0));
}

/** A shard that takes ballots and tells of them, over ways that lose, delay and repeat. */
class ToldShard {
  readonly shard: number;
  readonly told = new Map<number, Tally>();
  snapshot: ShardSnapshot;

  constructor(shard: number) {
    this.shard = shard;
    this.snapshot = { shard, seq: 0, tally: new Map(), takenAt: 0, isSealed: false };
  }

  vote(region: string, choice: "yes" | "no" | "withdrawn", replaced: boolean): void {
    const { seq, tally, takenAt } = this.snapshot;
    const removed = replaced && (tally.get(region)?.yes.ballots ?? 0) > 0;
    const before = removed ? [{ choice: "yes" as const, region, weight: 2 }] : [];
    const next = moveTally(tally, [{ choice, region, weight: 2 }], before);
    this.snapshot = { ...this.snapshot, seq: seq + 1, tally: next, takenAt: takenAt + 1 };
  }

  report(from: number | null): TallyReport {
    const base = from === null ? undefined : this.told.get(from);
    this.told.set(this.snapshot.seq, this.snapshot.tally);
    const isWhole = from === null || base === undefined || this.snapshot.isSealed;
    return isWhole ? wholeReport(this.snapshot) : changeReport(this.snapshot, from, base);
  }
}

const step = fc.record({
  shard: fc.integer({ min: 0, max: 2 }),
  what: fc.constantFrom("vote", "vote", "vote", "report", "report", "whole", "deliver", "seal"),
  region: fc.constantFrom(...regions),
  choice: fc.constantFrom("yes" as const, "no" as const, "withdrawn" as const),
  pick: fc.nat({ max: 20 }),
});

describe("the merge of what shards tell", () => {
  it("is after every step the sum of what is known of each shard, and never goes back", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const shards = [0, 1, 2].map((shard) => new ToldShard(shard));
        const merge = new ShardMerge();
        /** By shard and seq, the snapshots that were. */
        const history = new Map<string, ShardSnapshot>();
        const sent: TallyReport[] = [];
        for (const { shard: index, what, region, choice, pick } of steps) {
          const shard = shards[index];
          if (shard === undefined) throw new Error("no such shard");
          if (what === "vote" && !shard.snapshot.isSealed) shard.vote(region, choice, pick > 10);
          if (what === "seal") shard.snapshot = { ...shard.snapshot, isSealed: true };
          const knownSeq = merge.heads.get(index)?.seq ?? null;
          if (what === "report") sent.push(decodeReport(encodeReport(shard.report(knownSeq))));
          if (what === "whole") sent.push(shard.report(null));
          history.set(`${index}/${shard.snapshot.seq}/${shard.snapshot.isSealed}`, shard.snapshot);
          const report = what === "deliver" ? sent[pick % Math.max(1, sent.length)] : undefined;
          if (report === undefined) continue;
          const before = merge.heads.get(report.shard);
          const isTold = merge.take(report);
          const after = merge.heads.get(report.shard);
          expect(after?.seq ?? -1).toBeGreaterThanOrEqual(before?.seq ?? -1);
          if (before?.isSealed === true) expect(after).toEqual(before);
          expect(isTold).toBe((after?.seq ?? -1) >= report.seq);
          const known = [...merge.heads].map(([number, { seq, takenAt, isSealed }]) => {
            const was = history.get(`${number}/${seq}/${isSealed}`);
            if (was === undefined) throw new Error("what is known was never told");
            return { ...was, takenAt };
          });
          expectSum(merge, known);
        }
      }),
      { numRuns: randomRuns(300) },
    );
  });

  it("comes to the same in whatever order, and however often, what a shard told arrives", () => {
    const seal = snapshotOf(5, { isSealed: true, takenAt: 99 });
    const history = [snapshotOf(1), snapshotOf(2), snapshotOf(5), seal].map(wholeReport);
    fc.assert(
      fc.property(fc.shuffledSubarray([...history, ...history], { minLength: 8 }), (arrivals) => {
        const merge = new ShardMerge();
        for (const next of arrivals) expect(merge.take(next)).toBe(true);
        expectSum(merge, [seal]);
      }),
    );
  });

  it("takes a change on the very tally that it starts from, and on no other", () => {
    const change = changeReport(snapshotOf(5), 3, snapshotOf(3).tally);
    for (const [known, isTold] of [
      [null, false],
      [2, false],
      [3, true],
      [4, false],
      [5, true],
      [6, true],
    ] as const) {
      const merge = new ShardMerge();
      if (known !== null) merge.take(wholeReport(snapshotOf(known)));
      expect([known, merge.take(change)]).toEqual([known, isTold]);
      const after = known === null ? [] : [snapshotOf(isTold ? Math.max(known, 5) : known)];
      expectSum(merge, after);
    }
  });

  it("is not moved by any look after a seal, whatever its clock and its seq say", () => {
    const seal = snapshotOf(5, { isSealed: true });
    const merge = new ShardMerge();
    merge.take(wholeReport(seal));
    for (const look of [
      snapshotOf(4),
      snapshotOf(5, { takenAt: 99 }),
      snapshotOf(6, { takenAt: 99 }),
    ]) {
      merge.take(wholeReport(look));
      merge.take(changeReport(look, 5, seal.tally));
    }
    expectSum(merge, [seal]);
  });

  it("forgets a region that a whole report no longer has", () => {
    const merge = new ShardMerge();
    merge.take(wholeReport(snapshotOf(5)));
    const { tally, ...later } = snapshotOf(6);
    const less = { ...later, tally: new Map([...tally].slice(1)) };
    merge.take(wholeReport(less));
    expectSum(merge, [less]);
  });

  it("takes no seal that is not told whole", () => {
    const merge = new ShardMerge();
    merge.take(wholeReport(snapshotOf(5)));
    const seal = snapshotOf(5, { isSealed: true });
    expect(merge.take(changeReport(seal, 5, seal.tally))).toBe(false);
    expectSum(merge, [snapshotOf(5)]);
  });

  it("is as fresh as the last look, also where no ballot came in between", () => {
    const merge = new ShardMerge();
    merge.take(wholeReport(snapshotOf(5)));
    const later = snapshotOf(5, { takenAt: 70 });
    merge.take(changeReport(later, 5, later.tally));
    expect(merge.heads.get(0)?.takenAt).toBe(70);
    merge.take(wholeReport(snapshotOf(5, { takenAt: 60 })));
    expect(merge.heads.get(0)?.takenAt).toBe(70);
  });

  it("leaves alone what it gave before", () => {
    const merge = new ShardMerge();
    merge.take(wholeReport(snapshotOf(5)));
    const { tally, total } = merge;
    merge.take(wholeReport(snapshotOf(9)));
    merge.take(changeReport(snapshotOf(11), 9, snapshotOf(9).tally));
    expect(isSameTally(tally, snapshotOf(5).tally)).toBe(true);
    expect(total.yes.ballots + total.no.ballots).toBe(5);
  });
});

describe("a report", () => {
  it("names the regions that changed and no other, and one that is gone as empty", () => {
    const [before, after] = [snapshotOf(4), snapshotOf(5)];
    expect([...changeReport(after, 4, before.tally).regions.keys()]).toEqual(["north"]);
    const gone = { ...after, tally: new Map([...after.tally].slice(1)) };
    const [first] = changeReport(gone, 5, after.tally).regions;
    expect(first).toMatchObject(["north", { yes: { ballots: 0 }, no: { ballots: 0 } }]);
  });

  it("is the same after its way as text, and one of a newer release is refused", () => {
    const report = changeReport(snapshotOf(9), 3, snapshotOf(3).tally);
    expect(decodeReport(encodeReport(report))).toEqual(report);
    const newer = encodeReport(report).replace(/^1 /, "2 ");
    expect(() => decodeReport(newer)).toThrow(UnknownVersion);
  });
});
