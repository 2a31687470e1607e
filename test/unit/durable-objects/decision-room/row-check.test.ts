import { describe, expect, it } from "vitest";
import {
  RowCheck,
  type RowCheckDependencies,
} from "../../../../durable-objects/decision-room/row-check.ts";
import type { RowCheckProgress } from "../../../../durable-objects/decision-room/row-check-store.ts";
import type { Ballot } from "../../../../src/ballot/ballot.ts";
import type { BallotCursor, ShardBallot } from "../../../../src/database/database.ts";
import { limits } from "../../../../src/shared/limits.ts";

const decisionId = "delta";

function ballotOf(seq: number, more: Partial<Ballot> = {}): Ballot {
  return { seq, pid: `pid-${seq}`, choice: "yes", region: "", weight: 1, acceptedAt: seq, ...more };
}

const record = (seqs: number): Ballot[] =>
  Array.from({ length: seqs }, (_, index) => ballotOf(index + 1));
const rowOf = (shard: number, ballot: Ballot): ShardBallot => ({ decisionId, shard, ...ballot });

/** A check over rows and shards in memory; `failsWhen` a removal is to fail. */
function checkOver(shards: Ballot[][], rows: ShardBallot[], failsWhen = () => false) {
  const kept = { progress: null as RowCheckProgress | null, rows: rows.toSorted(byPlace) };
  const republished: number[] = [];
  const calls = { done: 0, read: 0 };
  const ends: [string, boolean][] = [];
  const events: string[] = [];
  const store = {
    decision: { manifest: { decisionId, shardMap: shards.map(() => ({})) } },
  };
  const rowCheckStore = {
    get progress() {
      return structuredClone(kept.progress);
    },
    keep(progress: RowCheckProgress | null) {
      kept.progress = progress;
    },
  };
  const check = new RowCheck({
    // What the check reads of a room, and no more.
    store: store as unknown as RowCheckDependencies["store"],
    rowCheckStore,
    database: {
      async listBallots({ after, perPage }) {
        const found = kept.rows.filter((row) => after === null || byPlace(row, after) > 0);
        const items = found.slice(0, perPage);
        const last = items.at(-1);
        const next = found.length > perPage && last !== undefined ? last : null;
        return { items, next: next === null ? null : { shard: next.shard, seq: next.seq } };
      },
      async removeBallots(_, foreign) {
        if (failsWhen()) throw new Error("the database is down");
        const gone = new Set(foreign);
        kept.rows = kept.rows.filter((row) => !gone.has(row));
      },
    },
    shards: {
      async readBallots(_, { shard, afterSeq, max }) {
        calls.read += 1;
        return (shards[shard] ?? []).slice(afterSeq, afterSeq + max);
      },
      async republish(_, numbers) {
        republished.push(...numbers);
      },
    },
    onDone: (purpose, isClean) => {
      calls.done += 1;
      ends.push([purpose, isClean]);
    },
    report: (event) => void events.push(event),
  });
  return { check, kept, republished, calls, ends, events };
}

function byPlace(one: BallotCursor, other: BallotCursor): number {
  return one.shard - other.shard || one.seq - other.seq;
}

describe("comparing rows with the record", () => {
  it("says at its end whether all rows were the record's, and logs it where some were not", async () => {
    const own = rowOf(0, ballotOf(1));
    const stranger = rowOf(0, ballotOf(2, { pid: "stranger" }));
    for (const [rows, isClean] of [
      [[own], true],
      [[own, stranger], false],
    ] as const) {
      const { check, ends, events } = checkOver([record(2)], [...rows]);
      check.begin("certification");
      await check.run();
      expect(ends).toEqual([["certification", isClean]]);
      expect(events).toEqual(isClean ? [] : ["room.foreign_rows"]);
    }
  });

  it("removes nothing of the record, and has nobody send anything again", async () => {
    const rows = record(10).map((ballot) => rowOf(0, ballot));
    const { check, kept, republished, calls } = checkOver([record(12)], rows);
    check.begin("rebuild");
    await check.run();
    expect(kept.rows).toEqual(rows);
    expect([republished, calls.done, check.isUnderWay]).toEqual([[], 1, false]);
  });

  it.each<[string, Partial<Ballot>]>([
    ["pid", { pid: "stranger" }],
    ["choice", { choice: "no" }],
    ["region", { region: "elsewhere" }],
    ["weight", { weight: 2 }],
    ["time", { acceptedAt: 99 }],
  ])("removes a row whose %s is another than the record's", async (_, more) => {
    const rows = [rowOf(1, ballotOf(1)), rowOf(1, ballotOf(2, more))];
    const { check, kept, republished } = checkOver([[], record(2)], rows);
    check.begin("rebuild");
    await check.run();
    expect(kept.rows).toEqual(rows.slice(0, 1));
    expect(republished).toEqual([1]);
  });

  it("removes rows beyond the record's end, however far, and of shards that there are not", async () => {
    const strangers = [4, 5, 10 ** 9, 10 ** 12].map((seq) => rowOf(0, ballotOf(seq)));
    const elsewhere = [rowOf(1, ballotOf(1)), rowOf(64, ballotOf(1))];
    const own = record(3).map((ballot) => rowOf(0, ballot));
    const { check, kept, republished, calls } = checkOver(
      [record(3)],
      [...own, ...strangers, ...elsewhere],
    );
    check.begin("rebuild");
    await check.run();
    expect(kept.rows).toEqual(own);
    expect(republished).toEqual([0]);
    expect(calls.read).toBe(1);
  });

  it("looks at both rows of a place that stand on two pages", async () => {
    const own = record(limits.rowCheckPageBallots).map((ballot) => rowOf(0, ballot));
    const twin = rowOf(0, ballotOf(limits.rowCheckPageBallots, { region: "elsewhere" }));
    const { check, kept } = checkOver([record(limits.rowCheckPageBallots)], [...own, twin]);
    check.begin("rebuild");
    await check.run();
    expect(kept.rows).toEqual(own);
  });

  it("yields after some pages, and goes on from there", async () => {
    const seqs = limits.rowCheckPageBallots * limits.rowCheckPagesMax + 10;
    const rows = record(seqs).map((ballot) => rowOf(0, ballot));
    const { check, kept, calls } = checkOver([record(seqs - 1)], rows);
    check.begin("rebuild");
    await check.run();
    expect([check.isUnderWay, calls.done, kept.rows.length]).toEqual([true, 0, seqs]);
    await check.run();
    expect([check.isUnderWay, calls.done, kept.rows.length]).toEqual([false, 1, seqs - 1]);
  });

  it("has a shard send its ballots again though the object ended just after its rows were removed", async () => {
    let isFirst = true;
    const rows = [rowOf(0, ballotOf(1, { pid: "stranger" }))];
    const { check, kept, republished } = checkOver([record(1)], rows, () => {
      const fails = isFirst;
      isFirst = false;
      return fails;
    });
    check.begin("rebuild");
    await expect(check.run()).rejects.toThrow("down");
    kept.rows = [];
    await check.run();
    expect(republished).toEqual([0]);
  });

  it("begins anew where a rebuild is asked for meanwhile", async () => {
    const rows = [rowOf(0, ballotOf(1, { pid: "stranger" }))];
    const { check, kept, republished } = checkOver([record(1)], rows, () => {
      check.begin("rebuild");
      return false;
    });
    check.begin("rebuild");
    await check.run();
    expect(check.isUnderWay).toBe(true);
    expect(kept.progress?.after).toBeNull();
    await check.run();
    expect([check.isUnderWay, kept.rows, republished]).toEqual([false, [], [0]]);
  });
});
