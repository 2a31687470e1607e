import { describe, expect, it } from "vitest";
import { shardOf } from "../../../../src/decision/shard-map.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import {
  castBatch,
  nonceOfWords,
  votesOf,
  type BatchBody,
  type ItemBody,
} from "../../../support/worker/batches.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import type { ProblemDocument } from "../../../support/worker/problems.ts";
import { recordOf, shardsOf } from "../../../support/worker/record.ts";
import { recountBallots } from "../../../support/worker/recount.ts";

function receiptsOf({ results }: BatchBody) {
  return results.map((item) => item.receipt);
}

function statusesOf({ results }: BatchBody): string[] {
  return results.map((item: ItemBody) => (item.status === "refused" ? item.code : item.status));
}

/** Checks that the counts at the head are those of the items, whatever they are. */
function expectHonestCounts(body: BatchBody): void {
  for (const status of ["accepted", "repeated", "refused"] as const) {
    expect(body[status]).toBe(body.results.filter((item) => item.status === status).length);
  }
}

describe("a batch", () => {
  it("has an outcome a vote, in request order, with a receipt for each that counted", async () => {
    const id = await openedDecision();
    const votes = [...votesOf(2, "yes", "north"), ...votesOf(1, "abstain", "south")];
    const { status, body } = await castBatch(id, votes);
    expect(status).toBe(200);
    expect(receiptsOf(body).map((receipt) => receipt?.decision_id)).toEqual([id, id, id]);
    expectHonestCounts(body);

    const record = await recordOf(id);
    expect(record.map(({ seq, choice, region }) => [seq, choice, region])).toEqual([
      [1, "yes", "north"],
      [2, "yes", "north"],
      [3, "abstain", "south"],
    ]);
  });

  it("gives receipts whose hashes are those of the record", async () => {
    const id = await openedDecision();
    const { body } = await castBatch(id, votesOf(5, "no", "south"));
    const path = `/api/v1/decisions/${id}/audit/shards/0/ballots`;
    const audit = await api<{ ballots: { ballot_hash: string }[] }>("GET", path, {
      key: adminKey,
    });
    expect(receiptsOf(body).map((receipt) => receipt?.ballot_hash)).toEqual(
      audit.body.ballots.map(({ ballot_hash }) => ballot_hash),
    );
  });

  it("with one voter twice counts the first under a final policy: the same again repeats, another is refused", async () => {
    const id = await openedDecision();
    const ana = { voter_id: "ana", region: "north" };
    const { body } = await castBatch(id, [
      { ...ana, vote: "yes" },
      { ...ana, vote: "yes" },
      { ...ana, vote: "no" },
    ]);
    expect(statusesOf(body)).toEqual(["accepted", "repeated", "vote.already_cast"]);
    const [first, second, third] = receiptsOf(body);
    expect([second, third]).toEqual([first, undefined]);
    expectHonestCounts(body);
    expect(await shardsOf(id)).toMatchObject([{ seq: 1, total: { yes: { ballots: 1 } } }]);
  });

  it("with one voter twice counts the last where votes may be changed and stations may override", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const ana = { voter_id: "ana", region: "north" };
    const { body } = await castBatch(
      id,
      [
        { ...ana, vote: "yes" },
        { ...ana, vote: "no" },
      ],
      { idempotencyKey: "both" },
    );
    expect(statusesOf(body)).toEqual(["accepted", "accepted"]);
    const [shard] = await shardsOf(id);
    expect(shard).toMatchObject({ seq: 2, total: { ballots: 1, no: { ballots: 1 } } });
  });

  it("refuses its bad items alone, each with its reason, and counts the others", async () => {
    const id = await openedDecision({ weight_max: 10 });
    await castBatch(id, [{ voter_id: "voted", vote: "yes", region: "north" }]);
    const { status, body } = await castBatch(id, [
      { voter_id: "a", vote: "yes", region: "north", weight: 10 },
      { voter_id: "b", vote: "yes", region: "east" },
      { voter_id: "c", vote: "yes" },
      { voter_id: "d", vote: "yes", region: "north", weight: 11 },
      { voter_id: "voted", vote: "no", region: "north" },
      { voter_id: "e", vote: "no", region: "south" },
    ]);
    expect(status).toBe(200);
    expect(statusesOf(body)).toEqual([
      "accepted",
      "vote.unknown_region",
      "vote.unknown_region",
      "vote.weight_too_large",
      "vote.already_cast",
      "accepted",
    ]);
    expectHonestCounts(body);
    expect(await shardsOf(id)).toMatchObject([
      { seq: 3, total: { ballots: 3, weight: "12", yes: { weight: "11" } } },
    ]);
  });

  it("for a decision without regions refuses whoever claims one", async () => {
    const id = await openedDecision({ regions: [] });
    const { body } = await castBatch(id, [
      { voter_id: "a", vote: "yes" },
      { voter_id: "b", vote: "yes", region: "north" },
    ]);
    expect(statusesOf(body)).toEqual(["accepted", "vote.unknown_region"]);
  });

  it("in which every item is refused by the shard is still answered item by item", async () => {
    const id = await openedDecision();
    const { status, body } = await castBatch(id, votesOf(3, "yes", "east"));
    expect([status, body.refused]).toEqual([200, 3]);
    expect(await shardsOf(id)).toMatchObject([{ seq: 0 }]);
  });

  it("sums weights beyond what a double holds exactly", async () => {
    const weight = 1_000_000_000_000;
    const id = await openedDecision({ weight_max: weight });
    const heavy = votesOf(1_000, "yes", "north").map((vote) => ({ ...vote, weight }));
    for (let round = 0; round < 10; round += 1) {
      await castBatch(
        id,
        heavy.map((vote) => ({ ...vote, voter_id: `${vote.voter_id}/${round}` })),
      );
    }
    await castBatch(id, [{ voter_id: "one more", vote: "yes", region: "north" }]);
    expect(await shardsOf(id)).toMatchObject([{ total: { weight: "10000000000000001" } }]);
  });
});

describe("a batch of 1,000", () => {
  it("is taken, and sent again as a whole it is all repeated with the same receipts", async () => {
    const id = await openedDecision({ shards: 8 });
    const votes = [...votesOf(600, "yes", "north"), ...votesOf(400, "no", "south")];
    const first = await castBatch(id, votes);
    const second = await castBatch(id, votes);
    expect(first.body).toMatchObject({ accepted: 1_000, repeated: 0, refused: 0 });
    expect(second.body).toMatchObject({ accepted: 0, repeated: 1_000, refused: 0 });
    expect(receiptsOf(second.body)).toEqual(receiptsOf(first.body));
    expect(recountBallots(await recordOf(id)).total).toMatchObject({
      yes: { ballots: 600 },
      no: { ballots: 400 },
    });
  });

  it("has no room for one more", async () => {
    const id = await openedDecision();
    const { status, body } = await castBatch<ProblemDocument>(id, votesOf(1_001, "yes", "north"));
    expect([status, body.code]).toEqual([400, "body.invalid"]);
    expect(body.errors).toMatchObject([{ pointer: "/votes" }]);
    expect(await shardsOf(id)).toMatchObject([{ seq: 0 }]);
  });

  it("of the longest names there are fits below the cap on bytes", async () => {
    const longest = "区".repeat(64);
    const id = await openedDecision({ regions: [{ code: longest }] });
    const votes = votesOf(1_000, "abstain", longest).map((vote, index) => ({
      ...vote,
      voter_id: "😀".repeat(251) + String(index).padStart(4, "0"),
    }));
    expect((await castBatch(id, votes)).body).toMatchObject({ accepted: 1_000 });
  });
});

describe("a batch over eight shards", () => {
  it("lands where shardOf says, and every shard counts its own", async () => {
    const id = await openedDecision({ shards: 8 });
    const votes = [...votesOf(150, "yes", "north"), ...votesOf(150, "no", "south")];
    await castBatch(id, votes);
    const record = await recordOf(id);
    expect(record.length).toBe(300);
    for (const { shard, pid } of record) expect(shard).toBe(shardOf(pid, 8));

    const shards = await shardsOf(id);
    expect(shards.filter(({ seq }) => seq > 0).length).toBe(8);
    for (const { shard, seq, total } of shards) {
      const own = record.filter((ballot) => ballot.shard === shard);
      expect(own.map((ballot) => ballot.seq)).toEqual(own.map((_, index) => index + 1));
      expect([seq, total]).toEqual([own.length, recountBallots(own).total]);
    }
  });

  it("and a voter's own token meet the same ballot", async () => {
    const id = await openedDecision({ shards: 8 });
    const { body } = await castBatch(id, votesOf(20, "yes", "north", "voter"));
    for (let voter = 0; voter < 20; voter += 1) {
      const token = await tokenFor(id, `voter-${voter}`);
      const more = { nonce: nonceOfWords({ voter_id: `voter-${voter}`, vote: "yes" }) };
      const own = await cast(id, token, "yes", undefined, more);
      expect(own.body).toMatchObject(receiptsOf(body)[voter] ?? {});
    }
  });
});

describe("an Idempotency-Key over a batch", () => {
  it("makes the whole a repeat, also after voters have changed their minds", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const idempotencyKey = "batch-1";
    const votes = votesOf(3, "yes", "north", "voter");
    const first = await castBatch(id, votes, { idempotencyKey });
    const changed = votesOf(2, "no", "north", "voter");
    await castBatch(id, changed, { idempotencyKey: "batch-2" });
    const late = await castBatch(id, votes, { idempotencyKey });
    expect(late.body).toMatchObject({ accepted: 0, repeated: 3 });
    expect(receiptsOf(late.body)).toEqual(receiptsOf(first.body));
    expect(await shardsOf(id)).toMatchObject([
      { seq: 5, total: { yes: { ballots: 1 }, no: { ballots: 2 } } },
    ]);
  });

  it("with another vote in it refuses that item", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const [one, two] = votesOf(2, "yes", "north");
    if (one === undefined || two === undefined) throw new Error("two votes are two");
    const first = await castBatch(id, [one, two], { idempotencyKey: "batch-1" });
    const other = await castBatch(id, [one, { ...two, vote: "no" }], { idempotencyKey: "batch-1" });
    expect(statusesOf(other.body)).toEqual(["repeated", "vote.nonce_reused"]);
    expect(receiptsOf(other.body)).toEqual([receiptsOf(first.body)[0], undefined]);
  });

  it("never counts a voter twice, in whatever order the items are sent again", async () => {
    const id = await openedDecision();
    const votes = votesOf(10, "yes", "north");
    await castBatch(id, votes, { idempotencyKey: "batch-1" });
    const { body } = await castBatch(id, votes.toReversed(), { idempotencyKey: "batch-1" });
    expect(body.accepted).toBe(0);
    expect(await shardsOf(id)).toMatchObject([{ seq: 10, total: { ballots: 10 } }]);
  });
});
