import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { DecisionRoom } from "../../../../durable-objects/decision-room/decision-room.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../../src/ballot/voting-terms.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { cellsOf } from "../../../support/cells-of.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { decodeReport } from "../../../../src/results/tally-report.ts";
import { castBatch, votesOf as ballotsOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { shardStub } from "../../../support/worker/objects.ts";
import {
  castOn,
  inShard,
  openedShard,
  shardHomes,
  termsOf,
  unopenedShard,
  type HomeObject,
  type HomeStub,
  type ShardHome,
} from "../../../support/worker/shards.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

/** Opens shards that take ballots of two regions, and of some weight. */
function opener(place: ShardHome) {
  return (given: Partial<VotingTerms> = {}): Promise<HomeStub> =>
    openedShard({ regions: new Set(["north", "south"]), weightMax: 10, ...given }, place);
}

function votes(count: number, from = 0, more: Partial<CastRequest> = {}): CastRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    pid: `voter-${String(from + index).padStart(16, "0")}`,
    choice: (["yes", "no", "abstain"] as const)[index % 3] ?? "yes",
    region: index % 2 === 0 ? "north" : "south",
    weight: 1,
    nonce: labelNonce("only"),
    proof: null,
    serial: 1,
    authority: "station",
    note: null,
    ...more,
  }));
}

async function expectTallyEqualsRecount(stub: HomeStub): Promise<void> {
  const [{ tally, seq }, ballots] = [await stub.snapshot(), await stub.readBallots(0, 100_000)];
  expect(ballots.map((ballot) => ballot.seq)).toEqual(
    Array.from({ length: seq }, (_, index) => index + 1),
  );
  expect(cellsOf(tally)).toEqual(cellsOf(recount(ballots)));
}

function countRows(stub: HomeStub, table: "voters" | "log"): Promise<number> {
  return runInDurableObject(
    stub,
    (_, { storage }) =>
      storage.sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`).one().rows,
  );
}

describe.each(shardHomes)("a shard in %s", (place) => {
  const opened = opener(place);

  it("keeps tally and ballots equal after every batch, revotes included", async () => {
    const stub = await opened();
    await castOn(stub, votes(30));
    await expectTallyEqualsRecount(stub);
    await castOn(stub, votes(30, 10, { choice: "no", nonce: labelNonce("second") }));
    await expectTallyEqualsRecount(stub);
    await castOn(stub, votes(5, 0, { choice: "abstain", weight: 7, nonce: labelNonce("third") }));
    await expectTallyEqualsRecount(stub);
  });

  it("writes one log row a batch, and voters only in their turn", async () => {
    const stub = await opened();
    await castOn(stub, votes(limits.logRowBallotsMax));
    expect([await countRows(stub, "voters"), await countRows(stub, "log")]).toEqual([0, 1]);
  });

  it("commits calls that arrive together as one", async () => {
    const stub = await opened();
    const replies = await runInDurableObject(stub, (home: HomeObject) =>
      Promise.all(votes(40).map((vote) => castOn(home, [vote]))),
    );
    expect(replies.flat().map((outcome) => typeof outcome === "object" && outcome.kind)).toEqual(
      Array.from({ length: 40 }, () => "accepted"),
    );
    expect(await countRows(stub, "log")).toBe(1);
    await expectTallyEqualsRecount(stub);
  });

  it("changes nothing when a commit fails, tells every caller, and works again afterwards", async () => {
    const stub = await opened();
    await castOn(stub, votes(3));
    const before = await stub.snapshot();
    const failure = await runInDurableObject(stub, async (home: HomeObject, { storage }) => {
      storage.sql.exec(
        "CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      );
      const settled = await Promise.allSettled(votes(4, 3).map((vote) => castOn(home, [vote])));
      storage.sql.exec("DROP TRIGGER full");
      return settled.map(({ status }) => status);
    });
    expect(failure).toEqual(["rejected", "rejected", "rejected", "rejected"]);
    const after = await stub.snapshot();
    expect([after.seq, await countRows(stub, "log")]).toEqual([before.seq, 1]);
    await castOn(stub, votes(4, 3));
    await expectTallyEqualsRecount(stub);
    expect((await stub.snapshot()).seq).toBe(7);
  });

  it("refuses before writing what its queue has no room for", async () => {
    const stub = await opened();
    const many = votes(limits.shardQueueBallotsMax + 1);
    expect(await runInDurableObject(stub, (home: HomeObject) => castOn(home, many))).toBe(
      "overloaded",
    );
    expect((await stub.snapshot()).seq).toBe(0);
    expect(await castOn(stub, votes(1))).toMatchObject([{ kind: "accepted" }]);
  });

  it("gives the same receipt for a repeat after it was evicted from memory", async () => {
    const stub = await opened();
    const [first] = outcomes(await castOn(stub, votes(1)));
    await evictDurableObject(stub);
    const [again] = outcomes(await castOn(stub, votes(1)));
    expect(again).toEqual({ ...first, kind: "repeated" });
    await castOn(stub, votes(1, 1));
    await expectTallyEqualsRecount(stub);
  });

  it("gives the same seal to whoever asks, accepts nothing after it, and counts all before it", async () => {
    const stub = await opened();
    await castOn(stub, votes(9));
    const seal = await inShard(stub, (shard) => shard.seal());
    expect(seal).toMatchObject({ seq: 9, isSealed: true });
    expect(await castOn(stub, votes(1, 9))).toMatchObject([{ code: "decision.closed" }]);
    await evictDurableObject(stub);
    expect(await inShard(stub, (shard) => shard.seal())).toEqual(seal);
  });

  it("refuses every vote until it has its terms, and keeps the first terms it was given", async () => {
    const stub = unopenedShard(place);
    expect(await castOn(stub, votes(1))).toMatchObject([{ code: "decision.not_open" }]);
    const stubborn = await opened({ revotePolicy: "final" });
    await castOn(stubborn, votes(1));
    await inShard(stubborn, (shard) => shard.open(termsOf("other")));
    const revote = votes(1, 0, { choice: "no", nonce: labelNonce("again") });
    expect(await castOn(stubborn, revote)).toMatchObject([{ code: "vote.already_cast" }]);
  });

  it("writes nothing before it is opened", async () => {
    const stub = unopenedShard(place);
    await castOn(stub, votes(1));
    await stub.snapshot();
    await stub.haveVoted(["somebody"]);
    expect(await stub.readBallots(0, 10)).toEqual([]);
    const tables = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '_cf_%'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it("decides the window by its own clock", async () => {
    const early = await opened({ opensAt: Date.now() + 60_000 });
    expect(await castOn(early, votes(1))).toMatchObject([{ code: "decision.not_open" }]);
    const late = await opened({ closesAt: Date.now() - 1 });
    expect(await castOn(late, votes(1))).toMatchObject([{ code: "decision.closed" }]);
  });
});

describe.each(shardHomes)("the outbox of a shard in %s", (place) => {
  const opened = opener(place);

  it("is drained by the alarm up to its last ballot", async () => {
    const stub = await opened();
    await castOn(stub, votes(1_200));
    await runDurableObjectAlarm(stub);
    expect((await stub.outboxProgress()).publishedSeq).toBe(1_200);
  });

  it("lets votes go first: in a rush one batch leaves an alarm, and the rest when it is over", async () => {
    const stub = await opened();
    const batch = limits.drainBallotsMax;
    const published = await runInDurableObject(stub, async (home: HomeObject) => {
      const seqs: number[] = [];
      const drain = async (): Promise<void> => {
        await home.alarm();
        seqs.push(home.outboxProgress().publishedSeq);
      };
      await castOn(home, votes(1));
      await drain();
      await castOn(home, votes(2 * batch + 500, 1));
      await drain();
      await drain();
      return seqs;
    });
    expect(published).toEqual([1, 1 + batch, 1 + 2 * batch + 500]);
  });

  it("starts again from the first ballot when the database is rebuilt", async () => {
    const stub = await opened();
    await castOn(stub, votes(10));
    await runDurableObjectAlarm(stub);
    await inShard(stub, (shard) => shard.confirm({ epoch: 1, appliedSeq: 10 }));
    await inShard(stub, (shard) => shard.republishAll());
    expect(await stub.outboxProgress()).toMatchObject({ publishedSeq: 0, confirmedSeq: 0 });
    await runDurableObjectAlarm(stub);
    expect((await stub.outboxProgress()).publishedSeq).toBe(10);
  });

  it("ignores what was applied before the database was rebuilt, also after an eviction", async () => {
    const stub = await opened();
    await castOn(stub, votes(10));
    await runDurableObjectAlarm(stub);
    const { epoch } = await stub.outboxProgress();
    await inShard(stub, (shard) => shard.republishAll());
    await inShard(stub, (shard) => shard.confirm({ epoch, appliedSeq: 10 }));
    expect((await stub.outboxProgress()).confirmedSeq).toBe(0);
    await evictDurableObject(stub);
    await inShard(stub, (shard) => shard.confirm({ epoch, appliedSeq: 10 }));
    expect(await stub.outboxProgress()).toMatchObject({ confirmedSeq: 0, epoch: epoch + 1 });
    await inShard(stub, (shard) => shard.confirm({ epoch: epoch + 1, appliedSeq: 10 }));
    expect((await stub.outboxProgress()).confirmedSeq).toBe(10);
  });

  it("sets its alarm again after an eviction when work is left", async () => {
    const stub = await opened();
    await castOn(stub, votes(2));
    await runInDurableObject(stub, (_, { storage }) => storage.deleteAlarm());
    await evictDurableObject(stub);
    await stub.snapshot();
    const alarm = await runInDurableObject(stub, (_, { storage }) => storage.getAlarm());
    const { publishedSeq } = await stub.outboxProgress();
    expect(alarm !== null || publishedSeq === 2).toBe(true);
  });

  it("does not believe a database that claims ballots which were never accepted", async () => {
    const stub = await opened();
    await castOn(stub, votes(2));
    const claim = inShard(stub, (shard) => shard.confirm({ epoch: 1, appliedSeq: 3 }));
    await expect(claim).rejects.toThrow("never accepted");
  });
});

describe("a shard among several", () => {
  it("tells its room with the next alarm what it could not tell, also where the database has it all by then", async () => {
    const id = await openedDecision({ shards: 2 });
    // Shards of tests before it report to their own rooms meanwhile.
    const reported: unknown = Reflect.get(DecisionRoom.prototype, "report");
    const answerWith = (answer: (text: string) => number) =>
      async function (this: DecisionRoom, text: string) {
        if (this.read()?.draft.id === id) return answer(text);
        return Reflect.apply(reported as DecisionRoom["report"], this, [text]);
      };
    const report = vi.spyOn(DecisionRoom.prototype, "report").mockImplementation(
      answerWith(() => {
        throw new Error("Network connection lost.");
      }),
    );
    await castBatch(id, ballotsOf(12, "yes", "north"));
    const seqs: number[] = [];
    for (const shard of [0, 1]) {
      const { seq } = await shardStub(id, shard).snapshot();
      seqs.push(seq);
      await eventually("the confirmation", async () =>
        (await shardStub(id, shard).outboxProgress()).confirmedSeq === seq ? true : null,
      );
    }
    expect(report).toHaveBeenCalled();
    await expectLogged("shard.drain_failed", {
      decision: id,
      cause: "Error: Network connection lost.",
    });
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    const told: number[] = [];
    report.mockImplementation(
      answerWith((text) => {
        const { seq } = decodeReport(text);
        told.push(seq);
        return seq;
      }),
    );
    for (const shard of [0, 1]) await runDurableObjectAlarm(shardStub(id, shard));
    expect(told).toEqual(seqs);
    report.mockRestore();
  });
});

function outcomes(reply: Awaited<ReturnType<typeof castOn>>) {
  if (reply === "overloaded") throw new Error("the shard was overloaded");
  return reply;
}
