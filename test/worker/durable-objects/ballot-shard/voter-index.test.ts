import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { entryBytes } from "../../../../durable-objects/ballot-shard/index-entries.ts";
import { pseudonym } from "../../../../src/auth/pseudonym.ts";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { cellsOf } from "../../../support/cells-of.ts";
import {
  castOn,
  openedShard,
  type HomeObject,
  type HomeStub,
} from "../../../support/worker/shards.ts";
import { sampleVoterId } from "../../../support/sample-voter-id.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

/** One cycle of the index, and some more: the first voters are in the table by now, the last are in memory alone. */
const cycleBallots = 64 * limits.indexFlushBallots;
const voters = cycleBallots + 3 * limits.commitBallotsMax;
const batch = limits.commitBallotsMax;
const key = new Uint8Array(32).fill(7);
const pids = Array.from({ length: voters }, (_, index) =>
  pseudonym(key, sampleVoterId(`voter ${index}`)),
);

function votesOf(some: readonly string[], more: Partial<CastRequest> = {}): CastRequest[] {
  return some.map((pid) => ({
    pid,
    choice: "yes",
    region: "",
    weight: 1,
    nonce: labelNonce("only"),
    proof: null,
    serial: 1,
    authority: "station",
    note: null,
    ...more,
  }));
}

function receiptIn(outcome: CastOutcome | undefined) {
  return outcome !== undefined && "receipt" in outcome ? outcome.receipt : null;
}

async function cast(stub: HomeStub, votes: CastRequest[]): Promise<CastOutcome[]> {
  const outcomes: CastOutcome[] = [];
  for (let from = 0; from < votes.length; from += batch) {
    const reply = await castOn(stub, votes.slice(from, from + batch));
    if (reply === "overloaded") throw new Error("the shard was overloaded");
    outcomes.push(...reply);
  }
  return outcomes;
}

const kindsOf = (outcomes: readonly CastOutcome[]) => [
  ...new Set(outcomes.map(({ kind }) => kind)),
];

/** Ballots that the index has in its table. */
function countIndexed(stub: HomeStub): Promise<number> {
  return runInDurableObject(stub, (_, { storage }) => {
    const lengths = storage.sql.exec<{ bytes: number }>(
      "SELECT total(length(entries)) AS bytes FROM voters",
    );
    return lengths.one().bytes / entryBytes;
  });
}

// 38,000 votes a test take seconds on a busy machine.
describe("the voter index", () => {
  it("knows every voter and every receipt again after an eviction, and counts nobody twice", async () => {
    const stub = await openedShard();
    const first = await cast(stub, votesOf(pids));
    expect(kindsOf(first)).toEqual(["accepted"]);
    const indexed = await countIndexed(stub);
    expect(indexed).toBeGreaterThan(voters / 4);
    expect(indexed).toBeLessThan(voters);

    await evictDurableObject(stub);
    const again = await cast(stub, votesOf(pids));
    expect(kindsOf(again)).toEqual(["repeated"]);
    expect(again.map(receiptIn)).toEqual(first.map(receiptIn));
    expect((await stub.snapshot()).seq).toBe(voters);
  });

  it("finds those whom its very first flush has moved into the table", async () => {
    const stub = await openedShard();
    const firstFlush = votesOf(pids.slice(0, limits.indexFlushBallots));
    await cast(stub, firstFlush);
    expect(await countIndexed(stub)).toBeGreaterThan(0);
    expect(kindsOf(await cast(stub, firstFlush))).toEqual(["repeated"]);
    expect((await stub.snapshot()).seq).toBe(limits.indexFlushBallots);
  });

  it("keeps all ballots of a voter together, whether they are in the table, in memory, or both", async () => {
    const stub = await openedShard();
    const someEach = (from: number) => pids.filter((_, index) => index % 97 === from);
    const changed = (label: string, choice: CastRequest["choice"]) =>
      votesOf([...someEach(1), ...someEach(2)], { nonce: labelNonce(label), choice });
    await cast(stub, votesOf(pids, { nonce: labelNonce("first") }));
    const second = await cast(stub, changed("second", "no"));
    expect(kindsOf(second)).toEqual(["accepted"]);
    await evictDurableObject(stub);
    // Another cycle moves the changed records into the table, over the rows of their first ballots.
    await cast(stub, votesOf(someEach(3), { nonce: labelNonce("third"), choice: "abstain" }));
    await cast(
      stub,
      votesOf(pids.slice(0, 20_000), { nonce: labelNonce("fourth"), choice: "abstain" }),
    );
    await evictDurableObject(stub);

    const late = await cast(stub, changed("second", "no"));
    expect(kindsOf(late)).toEqual(["repeated"]);
    expect(late.map(receiptIn)).toEqual(second.map(receiptIn));
    const { tally, seq } = await stub.snapshot();
    const ballots = await stub.readBallots(0, 2 * voters);
    expect(ballots.map((ballot) => ballot.seq)).toEqual(
      Array.from({ length: seq }, (_, index) => index + 1),
    );
    expect(cellsOf(tally)).toEqual(cellsOf(recount(ballots)));
  });

  it("tells voters of one bucket apart, whether they share it in memory or in the table", async () => {
    const stub = await openedShard();
    const [old, other, late, latest] = ["1", "2", "3", "4"].map(
      (end) => `AAAAslot5${end.repeat(13)}`,
    );
    const vote = async (pid: string | undefined, label: string, choice: CastRequest["choice"]) => {
      const [outcome] = await cast(
        stub,
        votesOf([pid ?? ""], { nonce: labelNonce(label), choice }),
      );
      return outcome;
    };
    const together = votesOf([old ?? "", other ?? ""], { nonce: labelNonce("first") });
    const [ofOld, ofOther] = await cast(stub, together);
    expect(kindsOf(await cast(stub, together))).toEqual(["repeated"]);
    await cast(stub, votesOf(pids));
    await evictDurableObject(stub);

    const ofLate = await vote(late, "first", "no");
    expect(ofLate?.kind).toBe("accepted");
    const changed = await vote(old, "second", "no");
    expect(changed?.kind).toBe("accepted");
    await evictDurableObject(stub);
    const ofLatest = await vote(latest, "first", "abstain");
    expect(ofLatest?.kind).toBe("accepted");

    const again = await Promise.all([
      vote(old, "first", "yes"),
      vote(other, "first", "yes"),
      vote(late, "first", "no"),
      vote(old, "second", "no"),
      vote(latest, "first", "abstain"),
    ]);
    expect(again.map((outcome) => outcome?.kind)).toEqual(again.map(() => "repeated"));
    expect(again.map(receiptIn)).toEqual(
      [ofOld, ofOther, ofLate, changed, ofLatest].map(receiptIn),
    );
    const { tally, seq } = await stub.snapshot();
    expect(seq).toBe(voters + 5);
    expect(cellsOf(tally)).toEqual(cellsOf(recount(await stub.readBallots(0, seq))));
  });

  it("spreads the voters of one shard of many over its partitions", async () => {
    const stub = await openedShard();
    const flushes = 10;
    const ofOneShard = pids.slice(0, flushes * limits.indexFlushBallots);
    await cast(stub, votesOf(ofOneShard.map((pid) => `AAAA${pid.slice(4)}`)));
    // Ten partitions of 64 were flushed, each with a 64th of those before it. By the bits that chose the
    // shard all would be in one partition.
    const indexed = await countIndexed(stub);
    expect(indexed).toBeGreaterThan(300);
    expect(indexed).toBeLessThan(900);
  });

  it("knows those who voted before an eviction, also when it came before the end of the first cycle", async () => {
    const stub = await openedShard();
    const early = votesOf(pids.slice(0, 20_000));
    await cast(stub, early);
    await evictDurableObject(stub);
    // Past the first cycle: in memory stay the last ballots alone.
    await cast(stub, votesOf(pids.slice(early.length, cycleBallots + 2 * batch)));
    await evictDurableObject(stub);

    expect(kindsOf(await cast(stub, early))).toEqual(["repeated"]);
  });

  it("forgets nothing when a commit fails in which a partition was flushed", async () => {
    const stub = await openedShard();
    const before = pids.slice(0, limits.indexFlushBallots - 1);
    await cast(stub, votesOf(before));
    await runInDurableObject(stub, async (home: HomeObject, { storage }) => {
      storage.sql.exec(
        "CREATE TRIGGER full BEFORE INSERT ON voters BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      );
      const next = pids.slice(before.length, before.length + batch);
      await expect(castOn(home, votesOf(next))).rejects.toThrow("disk full");
      storage.sql.exec("DROP TRIGGER full");
    });
    expect((await stub.snapshot()).seq).toBe(before.length);
    expect(kindsOf(await cast(stub, votesOf(before)))).toEqual(["repeated"]);
    expect(kindsOf(await cast(stub, votesOf(pids.slice(before.length, 4_000))))).toEqual([
      "accepted",
    ]);
    expect(kindsOf(await cast(stub, votesOf(pids.slice(0, 4_000))))).toEqual(["repeated"]);
  });
});
