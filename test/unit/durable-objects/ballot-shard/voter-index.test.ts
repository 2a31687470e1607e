import { describe, expect, it } from "vitest";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { cellsOf } from "../../../support/cells-of.ts";
import { changeOf, pidOf, StoreUnderTest, voteOf } from "./store-under-test.ts";

/** A cycle of 32 ballots. */
const smallBounds = { indexFlushBallots: 4, indexPartitionBits: 3, indexBlockEntriesMax: 5 };
const cycleBallots = 32;

const kindsOf = (outcomes: readonly CastOutcome[]): string[] => [
  ...new Set(outcomes.map(({ kind }) => kind)),
];

function blocksOf({ storage }: StoreUnderTest) {
  return storage.sql
    .exec<{ from_bucket: number; bytes: number }>(
      "SELECT from_bucket, length(entries) AS bytes FROM voters ORDER BY from_bucket",
    )
    .toArray();
}

function expectCountedOnce({ store }: StoreUnderTest, voters: number): void {
  const ballots = store.readAfter(0, 1_000_000);
  expect(cellsOf(store.state.tally)).toEqual(cellsOf(recount(ballots)));
  expect(new Set(ballots.map(({ pid }) => pid)).size).toBe(voters);
}

describe("the voter index", () => {
  it("counts nobody twice who comes again, after an eviction at any seq, with one vote a commit", () => {
    const shard = new StoreUnderTest({}, smallBounds);
    const voters = 4 * cycleBallots;
    for (let voter = 0; voter < voters; voter += 1) {
      shard.cast([voteOf(voter)]);
      shard.evict();
      // As many as are in the cycle, and in the one before.
      const earlier = Array.from({ length: voter + 1 }, (_, index) => voteOf(index));
      expect(kindsOf(shard.cast(earlier.slice(-2 * cycleBallots)))).toEqual(["repeated"]);
    }
    expect(shard.store.state.seq).toBe(voters);
    expectCountedOnce(shard, voters);
  });

  it("keeps all ballots of a voter together, across flushes, evictions and blocks", () => {
    const shard = new StoreUnderTest({}, smallBounds);
    const first: CastOutcome[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      for (let voter = 0; voter < cycleBallots; voter += 1) {
        first.push(...shard.cast([changeOf(voter, `turn ${turn}`)]));
        if (voter % 5 === turn) shard.evict();
      }
    }
    expect(kindsOf(first)).toEqual(["accepted"]);
    shard.evict();
    for (let turn = 0; turn < 6; turn += 1) {
      const again = shard.cast(
        Array.from({ length: cycleBallots }, (_, voter) => changeOf(voter, `turn ${turn}`)),
      );
      const answered = first.slice(turn * cycleBallots, (turn + 1) * cycleBallots);
      expect(again).toEqual(answered.map((outcome) => ({ ...outcome, kind: "repeated" })));
    }
    expectCountedOnce(shard, cycleBallots);
  });

  it("tells voters of one bucket apart, in memory and in the table", () => {
    const shard = new StoreUnderTest({}, smallBounds);
    const alike = ["1", "2", "3"].map((end) => voteOf(0, { pid: `AAAAslot5${end.repeat(13)}` }));
    const first: CastOutcome[] = [];
    for (const [at, vote] of alike.entries()) {
      first.push(...shard.cast([vote]));
      for (let voter = 0; voter < cycleBallots; voter += 1)
        shard.cast([voteOf(1_000 * (at + 1) + voter)]);
      shard.evict();
    }
    expect(kindsOf(first)).toEqual(["accepted"]);
    const again = shard.cast(alike);
    expect(again).toEqual(first.map((outcome) => ({ ...outcome, kind: "repeated" })));
    const pidAt = (seq: number) => shard.store.readAfter(seq - 1, 1)[0]?.pid;
    expect([1, 34, 67].map(pidAt)).toEqual(alike.map(({ pid }) => pid));
  });

  it("has blocks of hundreds of voters, none larger than a page, which no partition shares", () => {
    const voters = 20_000;
    const shard = new StoreUnderTest();
    const votes = Array.from({ length: voters }, (_, voter) => voteOf(voter));
    for (let from = 0; from < voters; from += 500) shard.cast(votes.slice(from, from + 500));
    // Other voters, until a cycle has written all of those.
    for (let from = 0; from < 64 * limits.indexFlushBallots; from += 1_000)
      shard.cast(Array.from({ length: 1_000 }, (_, index) => voteOf(voters + from + index)));
    const blocks = blocksOf(shard);
    const width = 2 ** 24;
    const starts = new Set(blocks.map((block) => block.from_bucket));
    for (let partition = 0; partition < 64; partition += 1)
      expect(starts.has(partition * width)).toBe(true);
    expect(Math.max(...blocks.map(({ bytes }) => bytes))).toBeLessThanOrEqual(4_032);
    const entries = blocks.reduce((sum, { bytes }) => sum + bytes / 12, 0);
    expect(entries).toBeGreaterThan(voters);
    expect(entries / blocks.length).toBeGreaterThan(limits.indexBlockEntriesMax / 2);
    shard.evict();
    for (let from = 0; from < voters; from += 500)
      expect(kindsOf(shard.cast(votes.slice(from, from + 500)))).toEqual(["repeated"]);
  });

  it("knows new voters without a look into the table, and all others still, once each partition was flushed", () => {
    const shard = new StoreUnderTest({}, smallBounds);
    const voters = Array.from({ length: 1_500 }, (_, voter) => voteOf(voter));
    for (const vote of voters) shard.cast([vote]);
    shard.evict();
    const countLooks = (from: number): number => {
      let looks = 0;
      shard.storage.beforeRead = (statement) => {
        if (statement.includes("FROM voters") && statement.includes("LIMIT 1")) looks += 1;
      };
      for (let voter = from; voter < from + cycleBallots; voter += 1) shard.cast([voteOf(voter)]);
      return looks;
    };
    expect(countLooks(2_000)).toBeGreaterThan(cycleBallots / 4);
    countLooks(3_000);
    expect(countLooks(4_000)).toBeLessThan(cycleBallots / 4);
    expect(kindsOf(shard.cast(voters))).toEqual(["repeated"]);
    expect(kindsOf(voters.flatMap((vote) => shard.cast([vote])))).toEqual(["repeated"]);
  });

  it("has pids that fall into a bucket by their bits after those that chose the shard", () => {
    const shard = new StoreUnderTest({}, smallBounds);
    for (let voter = 0; voter < 2 * cycleBallots; voter += 1)
      shard.cast([voteOf(voter, { pid: `AAAA${pidOf(voter).slice(4)}` })]);
    expect(blocksOf(shard).length).toBeGreaterThan(6);
  });
});
