import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomResults } from "../../../../durable-objects/decision-room/results.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { decisionsPath, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, runRoomAlarm, shardStub } from "../../../support/worker/objects.ts";
import { makeDeafTo } from "../../../support/worker/shards.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";

const aMinute = 60_000;
const anHour = 60 * aMinute;
const quorumOfHalf = {
  requirements: [
    { id: "quorum", quorum: true, count: "cast", at_least: "1/2", of: "eligible" },
    { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
  ],
};
const names = ["a", "b", "c", "d", "e", "f"];
const six = `voter_id,region\n${names.map((name) => `${name},north\n`).join("")}`;

afterEach(releaseClock);

// Before a test stands in its place.
const { value: lookAtShards } = Object.getOwnPropertyDescriptor(RoomResults.prototype, "fresh") as {
  value: (this: RoomResults) => ReturnType<RoomResults["fresh"]>;
};

/** A decision of six voters that closes in an hour, extended by ten minutes if its quorum of three comes in the last ten. */
async function extendable(shards = 1) {
  const start = Date.now();
  stopClockAt(start);
  const closes = start + anHour;
  const id = await openedWithRoll(six, {
    rule: quorumOfHalf,
    extension: { minutes: 10 },
    closes_at: iso(closes),
    shards,
  });
  return { id, closes };
}

async function at(id: string, moment: number) {
  stopClockAt(moment);
  await runDurableObjectAlarm(roomOf(id));
  return (await readDecision(id)).body;
}

async function vote(id: string, voters: string[]) {
  const { body } = await castBatch(
    id,
    voters.map((voter_id) => ({ voter_id, vote: "yes" })),
  );
  return body.results.map((result) => (result.status === "refused" ? result.code : result.status));
}

describe("a decision that may be extended", () => {
  it("is extended once when its quorum comes in the last minutes, and votes go on to the new end", async () => {
    const { id, closes } = await extendable(2);
    await at(id, closes - 10 * aMinute);
    stopClockAt(closes - 5 * aMinute);
    await vote(id, ["a", "b", "c"]);
    expect(await at(id, closes - 10_000)).toMatchObject({
      status: "open",
      closes_at: iso(closes + 10 * aMinute),
      extension: { minutes: 10, extended: true },
    });
    expect(await at(id, closes)).toMatchObject({ status: "open" });
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
    stopClockAt(closes + 10 * aMinute);
    expect(await vote(id, ["e"])).toEqual(["decision.closed"]);
    expect(await at(id, closes + 10 * aMinute)).toMatchObject({
      status: "closed",
      closed_at: iso(closes + 10 * aMinute),
    });
    expect((await readAfresh(id)).body.total.yes.ballots).toBe(4);
  });

  it.each([
    ["the quorum was there before", ["a", "b", "c"], []],
    ["the quorum is missing to the end", ["a"], ["b"]],
  ])("closes at its time when %s", async (_, before, late) => {
    const { id, closes } = await extendable();
    stopClockAt(closes - 20 * aMinute);
    await vote(id, before);
    await at(id, closes - 10 * aMinute);
    stopClockAt(closes - 5 * aMinute);
    if (late.length > 0) await vote(id, late);
    expect(await at(id, closes - 10_000)).toMatchObject({ closes_at: iso(closes) });
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
    expect(await at(id, closes)).toMatchObject({ status: "closed" });
  });

  it("is not extended by a look at its quorum that comes back after the end", async () => {
    const { id, closes } = await extendable();
    await at(id, closes - 10 * aMinute);
    stopClockAt(closes - 5 * aMinute);
    await vote(id, ["a", "b", "c"]);
    const look = vi.spyOn(RoomResults.prototype, "fresh").mockImplementation(function (
      this: RoomResults,
    ) {
      stopClockAt(closes);
      return lookAtShards.call(this);
    });
    expect(await at(id, closes - 10_000)).toMatchObject({
      closes_at: iso(closes),
      extension: { extended: false },
    });
    expect(look).toHaveBeenCalled();
    look.mockRestore();
    expect(await at(id, closes)).toMatchObject({ status: "closed", closed_at: iso(closes) });
  });

  it("is not extended by a look at its quorum during which it was closed", async () => {
    const { id, closes } = await extendable();
    await at(id, closes - 10 * aMinute);
    stopClockAt(closes - 5 * aMinute);
    await vote(id, ["a", "b", "c"]);
    const closing: Promise<unknown>[] = [];
    const look = vi.spyOn(RoomResults.prototype, "fresh").mockImplementation(async function (
      this: RoomResults,
    ) {
      if (closing.length === 0) {
        closing.push(takeStep(id, "close"));
        await eventually("the begin of the close", async () =>
          (await roomOf(id).read())?.status === "closing" ? true : null,
        );
      }
      return lookAtShards.call(this);
    });
    await at(id, closes - 10_000);
    await Promise.all(closing);
    look.mockRestore();
    expect((await readDecision(id)).body).toMatchObject({
      status: "closed",
      closes_at: iso(closes),
      closed_at: iso(closes - 10_000),
      extension: { extended: false },
    });
  });

  it("loses no vote where a shard hears of it only after its window had ended", async () => {
    const { id, closes } = await extendable(2);
    await at(id, closes - 10 * aMinute);
    stopClockAt(closes - 5 * aMinute);
    await vote(id, ["a", "b", "c"]);
    for (const shard of [0, 1]) await makeDeafTo(shardStub(id, shard), "extend");
    await at(id, closes - 10_000);
    stopClockAt(closes);
    expect(await vote(id, ["d"])).toEqual(["decision.closed"]);
    await expectLogged("room.extension_failed", { decision: id });
    for (const shard of [0, 1]) await expectLogged("room.shard_no_answer", { decision: id, shard });
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    expect(await at(id, closes + 1_000)).toMatchObject({ status: "open" });
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
    expect(await at(id, closes + 10 * aMinute)).toMatchObject({ status: "closed" });
    expect((await readAfresh(id)).body.total.yes.ballots).toBe(4);
  });
});

describe("a decision that may finish early", () => {
  it("closes by itself as soon as no vote to come can change it, and not before", async () => {
    const id = await openedWithRoll(six, {
      ends_early: "by_rule",
      closes_at: "2099-01-01T00:00:00Z",
    });
    await vote(id, ["a", "b", "c"]);
    await eventually("two looks of its room", async () => {
      await runRoomAlarm(id);
      return true;
    });
    expect((await readDecision(id)).body.status).toBe("open");
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
    await eventually("the close", async () =>
      (await readDecision(id)).body.status === "open" ? null : true,
    );
    expect(await vote(id, ["e"])).toEqual(["decision.closed"]);
  });
});

describe("a decision that may finish early and is no roll call", () => {
  it("closes with a release, so that its end does not tell the vote that decided it", async () => {
    const id = await openedWithRoll(six, {
      ends_early: "by_rule",
      closes_at: "2099-01-01T00:00:00Z",
      disclosure: "pseudonymous",
      release_min: 5,
    });
    // Four of six have decided it, and four are no release.
    for (const name of ["a", "b", "c", "d"]) {
      expect(await vote(id, [name])).toEqual(["accepted"]);
      await runRoomAlarm(id);
      await runRoomAlarm(id);
    }
    expect((await readDecision(id)).body.status).toBe("open");
    expect(await vote(id, ["e"])).toEqual(["accepted"]);
    await eventually("the close", async () => {
      await runRoomAlarm(id);
      return (await readDecision(id)).body.status === "open" ? null : true;
    });
  });
});

describe("a room that begins anew in a decision that may finish early", () => {
  it("asks its shards, so that nobody has to read before it finishes", async () => {
    const opens = Date.now() + anHour;
    // What is no roll call is not in the lists by region before its end: these would ask.
    const id = await openedWithRoll(six, {
      ends_early: "by_rule",
      closes_at: iso(opens + anHour),
      disclosure: "pseudonymous",
      release_min: 2,
      shards: 2,
      opens_at: iso(opens),
    });
    // A change after the opening keeps what was noted of it: the shards are not opened once more.
    expect(await at(id, opens)).toMatchObject({ status: "open" });
    expect(await vote(id, ["a", "b", "c", "d"])).toEqual(Array(4).fill("accepted"));
    await evictDurableObject(roomOf(id));
    for (const shard of [0, 1]) await runDurableObjectAlarm(shardStub(id, shard));
    await runDurableObjectAlarm(roomOf(id));
    expect((await roomOf(id).read())?.status).not.toBe("open");
  });
});

describe("a draft that could not close so", () => {
  const body = { title: "Protect the wetland", closes_at: "2099-01-01T00:00:00Z" };
  it.each([
    ["an extension without a quorum", { extension: { minutes: 5 } }, "/extension"],
    [
      "an extension without an end",
      { extension: { minutes: 5 }, rule: quorumOfHalf, electorate: "roll", closes_at: null },
      "/extension",
    ],
    [
      "an early finish of votes that may change",
      { ends_early: "by_rule", electorate: "roll", revote_policy: "revisable" },
      "/ends_early",
    ],
    ["an early finish without a roll", { ends_early: "by_rule" }, "/ends_early"],
    [
      "an extension that would tell of sealed counts",
      { extension: { minutes: 5 }, rule: quorumOfHalf, electorate: "roll", visibility: "sealed" },
      "/extension",
    ],
    [
      "an early finish that would tell of hidden counts",
      { ends_early: "by_rule", electorate: "roll", visibility: "turnout" },
      "/ends_early",
    ],
  ])("is refused: %s", async (_, more, pointer) => {
    const answer = await send("POST", decisionsPath, { key: adminKey, body: { ...body, ...more } });
    const { errors } = await expectProblem(answer, 422, "rule.invalid");
    expect(errors?.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});
