import { describe, expect, it } from "vitest";
import { ShardStore } from "../../../../durable-objects/ballot-shard/shard-store.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { cellsOf } from "../../../support/cells-of.ts";
import { changeOf, StoreUnderTest, voteOf } from "./store-under-test.ts";

function stateSeqOf({ storage }: StoreUnderTest): number | undefined {
  const rows = storage.sql.exec<{ seq: number }>("SELECT seq FROM state").toArray();
  return rows[0]?.seq;
}

function countRows({ storage }: StoreUnderTest, table: "log" | "state" | "voters"): number {
  return storage.sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`).one().rows;
}

function expectTallyIsRecount({ store }: StoreUnderTest): void {
  const ballots = store.readAfter(0, 1_000_000);
  expect(ballots.map(({ seq }) => seq)).toEqual(ballots.map((_, index) => index + 1));
  expect(store.state.seq).toBe(ballots.length);
  expect(cellsOf(store.state.tally)).toEqual(cellsOf(recount(ballots)));
}

/** Everything that the store says of itself. */
function memoryOf({ store }: Pick<StoreUnderTest, "store">) {
  const { state, progress, terms, sealedAt, pausedAt, lastMinutes } = store;
  return structuredClone({ state, progress, terms, sealedAt, pausedAt, lastMinutes });
}

function countWrites(shard: StoreUnderTest, work: (shard: StoreUnderTest) => void): number {
  let writes = 0;
  shard.storage.beforeWrite = () => {
    writes += 1;
  };
  work(shard);
  return writes;
}

/** Does something while its write of this number fails, which it must say. */
function failAtWrite({ storage }: StoreUnderTest, nth: number, work: () => void): void {
  let writes = 0;
  storage.beforeWrite = () => {
    writes += 1;
    if (writes === nth) throw new Error("disk full");
  };
  expect(work).toThrow("disk full");
  storage.beforeWrite = () => {};
}

describe("a shard's state", () => {
  it("is the same after an eviction at each seq, also while its row is behind the log", () => {
    const shard = new StoreUnderTest();
    for (let vote = 0; vote < 2 * limits.stateLagBallots + 3; vote += 1) {
      const choice = (["yes", "no", "abstain", "withdrawn"] as const)[vote % 4];
      const change = { choice: choice ?? "yes", weight: 1 + (vote % 5) };
      shard.cast([
        changeOf(vote % 37, `${vote}`, change),
        voteOf(1_000 + vote, { weight: 10 ** 12 }),
      ]);
      const woken = new ShardStore(shard.storage);
      expect(memoryOf({ store: woken })).toEqual(memoryOf(shard));
    }
    expectTallyIsRecount(shard);
  });

  it("has its row written when it would be further behind than the limit, and not before", () => {
    const shard = new StoreUnderTest();
    for (let seq = 1; seq < limits.stateLagBallots; seq += 1) shard.cast([voteOf(seq)]);
    expect(stateSeqOf(shard)).toBeUndefined();
    shard.cast([voteOf(limits.stateLagBallots)]);
    expect(stateSeqOf(shard)).toBe(limits.stateLagBallots);
    shard.cast([voteOf(limits.stateLagBallots + 1)]);
    expect(stateSeqOf(shard)).toBe(limits.stateLagBallots);
  });

  it("is written along with a mark of the outbox, so that an object that wakes reads no ballot", () => {
    const shard = new StoreUnderTest();
    shard.cast([voteOf(1), voteOf(2)]);
    shard.store.keepProgress({ ...shard.store.progress, publishedSeq: 2 });
    expect(stateSeqOf(shard)).toBe(2);
    const before = memoryOf(shard);
    shard.evict();
    expect(memoryOf(shard)).toEqual(before);
    expect(shard.store.progress.publishedSeq).toBe(2);
  });

  it("is not taken from a log with a gap", () => {
    const shard = new StoreUnderTest();
    for (let vote = 0; vote < 3; vote += 1) shard.cast([voteOf(vote)]);
    shard.storage.sql.exec("DELETE FROM log WHERE from_seq = ?", 2);
    expect(() => shard.evict()).toThrow("no gap");
  });
});

describe("a shard's log", () => {
  it("is one row a commit, and several where it holds more than a row may", () => {
    const shard = new StoreUnderTest();
    const votes = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => voteOf(from + index));
    shard.cast(votes(0, limits.logRowBallotsMax));
    expect(countRows(shard, "log")).toBe(1);
    shard.cast(votes(10_000, limits.logRowBallotsMax + 1));
    expect(countRows(shard, "log")).toBe(3);
    shard.evict();
    expectTallyIsRecount(shard);
  });

  it("keeps a row of the largest ballots below half of what the platform takes", () => {
    // Six bytes a character as JSON, and every ballot replaces one.
    const region = "\u0001".repeat(limits.regionCodeCharactersMax);
    const shard = new StoreUnderTest({ regions: new Set([region]) });
    for (const choice of ["abstain", "withdrawn"] as const) {
      const more = {
        region,
        choice,
        weight: limits.ballotWeightMax,
      };
      const voters = Array.from({ length: limits.logRowBallotsMax }, (_, index) => index);
      shard.cast(voters.map((voter) => changeOf(voter, choice, more)));
    }
    const { bytes } = shard.storage.sql
      .exec<{ bytes: number }>("SELECT max(length(CAST(ballots AS BLOB))) AS bytes FROM log")
      .one();
    expect(bytes).toBeGreaterThan(200_000);
    expect(bytes).toBeLessThan(1_048_576 / 2);
  });

  it("is read after a seq, exclusively, wherever in a row that is", () => {
    const shard = new StoreUnderTest();
    for (let commit = 0; commit < 5; commit += 1)
      shard.cast([0, 1, 2].map((offset) => voteOf(3 * commit + offset)));
    for (let seq = 0; seq <= 15; seq += 1) {
      const after = shard.store.readAfter(seq, 4).map((ballot) => ballot.seq);
      expect(after).toEqual([1, 2, 3, 4].map((step) => seq + step).filter((at) => at <= 15));
    }
  });
});

describe("memory", () => {
  it("stays what it was when any write of a commit fails, and the commit can be made again", () => {
    const commit = [changeOf(1, "again", { choice: "no" }), voteOf(10_000)];
    const beforeFlush = (): StoreUnderTest => {
      const shard = new StoreUnderTest();
      for (let vote = 1; vote < limits.indexFlushBallots; vote += 1) shard.cast([voteOf(vote)]);
      return shard;
    };
    const writes = countWrites(beforeFlush(), (shard) => shard.cast(commit));
    // The log's row, the state's, and voters.
    expect(writes).toBeGreaterThanOrEqual(3);
    for (let nth = 1; nth <= writes; nth += 1) {
      const shard = beforeFlush();
      const before = memoryOf(shard);
      failAtWrite(shard, nth, () => shard.cast(commit));
      expect(memoryOf(shard)).toEqual(before);
      expect(shard.cast(commit).map(({ kind }) => kind)).toEqual(["accepted", "accepted"]);
      expectTallyIsRecount(shard);
      expect(shard.cast(commit).map(({ kind }) => kind)).toEqual(["repeated", "repeated"]);
      shard.evict();
      expectTallyIsRecount(shard);
      expect(shard.cast(commit).map(({ kind }) => kind)).toEqual(["repeated", "repeated"]);
    }
  });

  it.each<[what: string, keep: (shard: StoreUnderTest) => void]>([
    ["a seal", ({ store }) => store.keepSeal(5_000)],
    ["a mark", ({ store }) => store.keepProgress({ ...store.progress, publishedSeq: 1 })],
    ["a pause", ({ store }) => store.keepPause(5_000)],
    ["the tally of the last minutes", ({ store }) => store.keepLastMinutes()],
    ["new terms", ({ store, terms }) => store.keepTerms({ ...terms, closesAt: 9_000 })],
    ["a longer window", ({ store, terms }) => store.keepLongerTerms({ ...terms, closesAt: 9_000 })],
  ])("stays what it was when %s can't be written", (_, keep) => {
    const shard = new StoreUnderTest();
    shard.cast([voteOf(1)]);
    const before = memoryOf(shard);
    failAtWrite(shard, 1, () => keep(shard));
    expect(memoryOf(shard)).toEqual(before);
    keep(shard);
    expect(memoryOf(shard)).not.toEqual(before);
    const after = memoryOf(shard);
    shard.evict();
    expect(memoryOf(shard)).toEqual(after);
  });
});
