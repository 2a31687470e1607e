import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Shard } from "../../../../durable-objects/ballot-shard/shard.ts";
import type { Decision } from "../../../../src/decision/decision.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { decisionsPath, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, runRoomAlarm, shardStub } from "../../../support/worker/objects.ts";
import {
  castOn,
  inShard,
  makeDeafTo,
  openedShard,
  shardHomes,
  type HomeObject,
} from "../../../support/worker/shards.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { openBallotSocket } from "../../../support/worker/ballot-socket.ts";
import { tokenFor } from "../../../support/worker/decisions.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { requestOf } from "../../../support/request-of.ts";
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
const rollOf = (voters: readonly string[]) =>
  `voter_id,region\n${voters.map((name) => `${name},north\n`).join("")}`;
const six = rollOf(names);

afterEach(() => {
  releaseClock();
  vi.restoreAllMocks();
});

/** A decision of six voters that closes in an hour, extended by ten minutes if its quorum of three comes in the last ten. */
async function extendable(shards = 1, more: object = {}, roll = six) {
  const start = Date.now();
  stopClockAt(start);
  const closes = start + anHour;
  const id = await openedWithRoll(roll, {
    rule: quorumOfHalf,
    extension: { minutes: 10 },
    closes_at: iso(closes),
    shards,
    ...more,
  });
  return { id, closes };
}

async function at(id: string, moment: number) {
  stopClockAt(moment);
  await runDurableObjectAlarm(roomOf(id));
  return (await readDecision(id)).body;
}

async function vote(id: string, voters: string[], choice = "yes") {
  const { body } = await castBatch(
    id,
    voters.map((voter_id) => ({ voter_id, vote: choice })),
  );
  return body.results.map((result) => (result.status === "refused" ? result.code : result.status));
}

/** Votes at a moment, with the clock stopped there. */
function voteAt(id: string, moment: number, voters: string[], choice = "yes") {
  stopClockAt(moment);
  return vote(id, voters, choice);
}

const accepted = (voters: readonly string[]) => voters.map(() => "accepted");

describe("a decision that may be extended", () => {
  it.each([1, 2])("tells the voters' sockets when it is, in %d shards", async (shards) => {
    const { id, closes } = await extendable(shards);
    const sockets = await Promise.all(
      names.map(async (name) => openBallotSocket(id, await tokenFor(id, name, { region: "" }))),
    );
    await voteAt(id, closes - 1, ["b", "c", "d"]);
    await at(id, closes);
    for (const socket of sockets) {
      const told: unknown = JSON.parse(await socket.nextText());
      expect(told).toEqual({ type: "extension", closes_at: iso(closes + 10 * aMinute) });
      socket.close();
    }
  });

  it.each([1, 2])(
    "is extended once by a quorum of its last millisecond, and votes go on to the new end, in %d shards",
    async (shards) => {
      const { id, closes } = await extendable(shards);
      await voteAt(id, closes - 11 * aMinute, ["a"]);
      expect(await voteAt(id, closes - 1, ["b", "c"])).toEqual(["accepted", "accepted"]);
      expect(await at(id, closes)).toMatchObject({
        status: "open",
        closes_at: iso(closes + 10 * aMinute),
        extension: { minutes: 10, extended: true },
      });
      expect(await vote(id, ["d"])).toEqual(["accepted"]);
      expect(await voteAt(id, closes + 10 * aMinute, ["e"])).toEqual(["decision.closed"]);
      expect(await at(id, closes + 10 * aMinute)).toMatchObject({
        status: "closed",
        closed_at: iso(closes + 10 * aMinute),
      });
      expect((await readAfresh(id)).body.total.yes.ballots).toBe(4);
    },
  );

  // Each is counted by its shard's clock, whenever the room's alarm looks.
  it.each<[string, Record<number, string[]>, boolean]>([
    ["comes with the first moment of the last minutes", { 0: ["a", "b"], 600: ["c"] }, true],
    ["comes in the last moment before them", { 0: ["a", "b"], 599: ["c"] }, false],
    ["was there before", { 0: ["a", "b", "c"], 1_199: ["d"] }, false],
    ["is missing to the end", { 0: ["a"], 1_199: ["b"] }, false],
    ["comes where nobody voted before", { 1_199: ["a", "b", "c"] }, true],
    ["is missing where nobody voted in them", { 0: ["a"] }, false],
    ["was there before, and nobody voted in them", { 0: ["a", "b", "c"] }, false],
  ])("is extended only where the quorum came in its last minutes: it %s", async (_, votes, is) => {
    const { id, closes } = await extendable(2);
    for (const [seconds, voters] of Object.entries(votes)) {
      const moment = closes - 20 * aMinute + Number(seconds) * 1_000;
      expect(await voteAt(id, moment, voters)).toEqual(accepted(voters));
    }
    const decision = await at(id, closes);
    expect(decision).toMatchObject({ extension: { extended: is } });
    expect(decision.status).toBe(is ? "open" : "closed");
    expect(await vote(id, ["e"])).toEqual([is ? "accepted" : "decision.closed"]);
  });

  it("is not extended by a quorum that was gone again as the window ended", async () => {
    const quorum = { id: "quorum", quorum: true, count: "yes", at_least: 3 };
    const rule = { requirements: [quorum, ...quorumOfHalf.requirements.slice(1)] };
    const changeable = { revote_policy: "revisable", stations: "overrides", rule };
    const { id, closes } = await extendable(1, changeable);
    expect(await voteAt(id, closes - 2, ["a", "b", "c"])).toEqual(accepted(["a", "b", "c"]));
    expect(await voteAt(id, closes - 1, ["c"], "no")).toEqual(["accepted"]);
    expect(await at(id, closes)).toMatchObject({ status: "closed", closed_at: iso(closes) });
  });

  it("takes no vote while a shard is silent, and extends by all of its minutes once it answers", async () => {
    // So many that there are some in either shard.
    const crowd = Array.from({ length: 60 }, (_, index) => `voter-${index}`);
    const [first, late] = [crowd.slice(0, 30), crowd.slice(30)];
    const { id, closes } = await extendable(2, {}, rollOf(crowd));
    await voteAt(id, closes - aMinute, first);
    await makeDeafTo(shardStub(id, 1), "pause");
    expect(await at(id, closes)).toMatchObject({ status: "open", closes_at: iso(closes) });
    await expectLogged("room.extension_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    expect(await vote(id, late)).toEqual(late.map(() => "decision.extension_pending"));
    // Neither a restart nor a clock that goes back lets the shard go on that has told its last.
    stopClockAt(closes - 1);
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    await evictDurableObject(roomOf(id));
    const early = await vote(id, late);
    expect(new Set(early)).toEqual(new Set(["accepted", "decision.extension_pending"]));
    expect(await at(id, closes + 15 * aMinute)).toMatchObject({
      status: "open",
      closes_at: iso(closes + 25 * aMinute),
    });
    const others = late.filter((_, index) => early[index] !== "accepted");
    expect(await vote(id, others)).toEqual(accepted(others));
    expect(await at(id, closes + 25 * aMinute)).toMatchObject({ status: "closed" });
    expect((await readAfresh(id)).body.total.yes.ballots).toBe(crowd.length);
  });

  it("is decided by the next alarm where the one at its end was lost", async () => {
    const { id, closes } = await extendable(2);
    await voteAt(id, closes - 1, ["a", "b", "c"]);
    await runInDurableObject(roomOf(id), (_, { storage }) => storage.deleteAlarm());
    await evictDurableObject(roomOf(id));
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    expect(await at(id, closes + 1_000)).toMatchObject({ extension: { extended: true } });
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
  });

  it("loses no vote where a shard hears of it late, and takes none before", async () => {
    const { id, closes } = await extendable(2);
    await voteAt(id, closes - 5 * aMinute, ["a", "b", "c"]);
    for (const shard of [0, 1]) await makeDeafTo(shardStub(id, shard), "extend");
    await at(id, closes);
    expect(await vote(id, ["d"])).toEqual(["decision.extension_pending"]);
    await expectLogged("room.extension_failed", { decision: id });
    for (const shard of [0, 1]) await expectLogged("room.shard_no_answer", { decision: id, shard });
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    expect(await at(id, closes + 1_000)).toMatchObject({ status: "open" });
    expect(await vote(id, ["d"])).toEqual(["accepted"]);
    expect(await at(id, closes + 10 * aMinute)).toMatchObject({ status: "closed" });
    expect((await readAfresh(id)).body.total.yes.ballots).toBe(4);
  });

  it.each([1, 2])(
    "has all of its minutes from when its shards are told, though its room was gone longer than they last, in %d shards",
    async (shards) => {
      const { id, closes } = await extendable(shards, { extension: { minutes: 1 } });
      await voteAt(id, closes - 1, ["a", "b", "c"]);
      const failing = vi.spyOn(Shard.prototype, "extend").mockImplementation(() => {
        throw new Error("overloaded");
      });
      expect(await at(id, closes)).toMatchObject({ extension: { extended: true } });
      await expectLogged("room.extension_failed", { decision: id });
      await expectLogged("room.shard_no_answer", { decision: id });
      expect(await vote(id, ["d"])).toEqual(["decision.extension_pending"]);
      failing.mockRestore();
      await runInDurableObject(roomOf(id), (_, { storage }) => storage.deleteAlarm());
      await evictDurableObject(roomOf(id));
      if (shards > 1) for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
      const again = closes + 5 * aMinute;
      stopClockAt(again);
      expect((await readDecision(id)).body.status).toBe("open");
      expect(await at(id, again)).toMatchObject({
        status: "open",
        closes_at: iso(again + aMinute),
      });
      expect(await vote(id, ["d"])).toEqual(["accepted"]);
      expect(await voteAt(id, again + aMinute - 1, ["e"])).toEqual(["accepted"]);
      // Every shard was told: now it stands.
      expect(await at(id, again + aMinute)).toMatchObject({
        status: "closed",
        closed_at: iso(again + aMinute),
      });
      expect(await vote(id, ["f"])).toEqual(["decision.closed"]);
      expect((await readAfresh(id)).body.total.yes.ballots).toBe(5);
    },
  );

  it("has all of its minutes also in a shard that hears of it after the others", async () => {
    const crowd = Array.from({ length: 60 }, (_, index) => `voter-${index}`);
    const [first, late] = [crowd.slice(0, 30), crowd.slice(30)];
    const { id, closes } = await extendable(2, { extension: { minutes: 1 } }, rollOf(crowd));
    await voteAt(id, closes - 1, first);
    await makeDeafTo(shardStub(id, 1), "extend");
    await at(id, closes);
    // The other is told anew with each try, so it goes on as well.
    const tried = closes + 55_000;
    expect(await at(id, tried)).toMatchObject({ closes_at: iso(tried + aMinute) });
    await expectLogged("room.extension_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    const early = await voteAt(id, closes + aMinute, late);
    expect(new Set(early)).toEqual(new Set(["accepted", "decision.extension_pending"]));
    await evictDurableObject(shardStub(id, 1));
    const told = closes + 80_000;
    expect(await at(id, told)).toMatchObject({ closes_at: iso(told + aMinute) });
    const others = late.filter((_, index) => early[index] !== "accepted");
    expect(await voteAt(id, told + aMinute - 1, others)).toEqual(accepted(others));
    expect(await at(id, told + aMinute)).toMatchObject({ status: "closed" });
    expect((await readAfresh(id)).body.total.yes.ballots).toBe(crowd.length);
  });

  it("closes in the end where a shard never hears of it", async () => {
    const { id, closes } = await extendable(2, { extension: { minutes: 1 } });
    await voteAt(id, closes - 1, ["a", "b", "c"]);
    await makeDeafTo(shardStub(id, 1), "extend");
    await at(id, closes);
    await runInDurableObject(roomOf(id), (_, { storage }) => {
      const kept = storage.kv.get<{ value: { decision: Decision } }>("decision");
      if (kept === undefined) throw new Error("the room has its decision");
      kept.value.decision.extensionMoves = limits.extensionMovesMax - 1;
      storage.kv.put("decision", kept);
    });
    await evictDurableObject(roomOf(id));
    const last = closes + 30_000;
    for (const moment of [last, last + 20_000])
      expect(await at(id, moment)).toMatchObject({ closes_at: iso(last + aMinute) });
    await expectLogged("room.extension_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    const end = { status: "closed", closed_at: iso(last + aMinute) };
    expect(await at(id, last + aMinute)).toMatchObject(end);
  });

  it("is not extended where it was closed before that was decided", async () => {
    const { id, closes } = await extendable(2);
    await voteAt(id, closes - 1, ["a", "b", "c"]);
    const closing = await takeStep(id, "close");
    expect(closing.body).toMatchObject({ status: "closed", extension: { extended: false } });
    expect(await at(id, closes)).toMatchObject({ closes_at: iso(closes) });
  });
});

describe("a shard at the end of a window that may be extended", () => {
  const window = { closesAt: 2_000, lastMinutesAt: 1_000 };

  it.each(shardHomes)("in %s tells nothing final before its own clock says so", async (home) => {
    stopClockAt(1_500);
    const stub = await openedShard(window, home);
    stopClockAt(900);
    const early = await inShard(stub, (shard) => shard.pause(2_000));
    stopClockAt(1_999);
    const soon = await inShard(stub, (shard) => shard.pause(2_000));
    expect([early, soon]).toEqual([null, null]);
    stopClockAt(2_000);
    expect(await inShard(stub, (shard) => shard.pause(2_000))).toMatchObject({ seq: 0 });
    expect(await inShard(stub, (shard) => shard.pause(3_000))).toBeNull();
    await inShard(stub, (shard) => shard.extend(3_000));
    expect(await inShard(stub, (shard) => shard.pause(2_000))).toBeNull();
    await inShard(stub, (shard) => shard.seal());
    stopClockAt(3_000);
    expect(await inShard(stub, (shard) => shard.pause(3_000))).toBeNull();
  });

  it.each(shardHomes)("in %s takes no vote before it is extended", async (home) => {
    stopClockAt(1_999);
    const stub = await openedShard(window, home);
    const votes = ["a", "b", "c"].map((name) => requestOf({ pid: name.repeat(22) }));
    const saidAt = async (moment: number, index: number) => {
      stopClockAt(moment);
      const [outcome] = (await castOn(stub, votes.slice(index, index + 1))) as CastOutcome[];
      return outcome?.kind === "refused" ? outcome.code : outcome?.kind;
    };
    expect(await saidAt(1_999, 0)).toBe("accepted");
    expect(await saidAt(2_000, 1)).toBe("decision.extension_pending");
    await inShard(stub, (shard) => shard.pause(2_000));
    expect(await saidAt(1_999, 1)).toBe("decision.extension_pending");
    await inShard(stub, (shard) => shard.extend(3_000));
    expect(await saidAt(2_000, 1)).toBe("accepted");
    expect(await saidAt(3_000, 2)).toBe("decision.closed");
    // Told again it takes the later end, and no earlier one.
    await inShard(stub, (shard) => shard.extend(4_000));
    await inShard(stub, (shard) => shard.extend(3_500));
    expect(await saidAt(3_999, 2)).toBe("accepted");
  });

  it.each(shardHomes)("in %s keeps nothing of it once it is extended or sealed", async (home) => {
    for (const end of ["extend", "seal"] as const) {
      stopClockAt(1_500);
      const stub = await openedShard(window, home);
      await castOn(stub, [requestOf({ pid: "a".repeat(22), region: "" })]);
      stopClockAt(2_000);
      await inShard(stub, (shard) => shard.pause(2_000));
      const keys = () =>
        runInDurableObject<HomeObject, string[]>(stub, (_, { storage }) =>
          [...storage.kv.list()].map(([key]) => key),
        );
      expect(await keys()).toEqual(expect.arrayContaining(["last_minutes", "paused_at"]));
      await inShard(stub, (shard) => void (end === "extend" ? shard.extend(3_000) : shard.seal()));
      for (const key of ["last_minutes", "paused_at"]) expect(await keys()).not.toContain(key);
    }
  });
});

describe("a vote that a shard refuses in or after the last minutes", () => {
  const window = { closesAt: 2_000, lastMinutesAt: 1_000 };
  it.each(shardHomes)("writes nothing in %s", async (home) => {
    stopClockAt(1_500);
    const stub = await openedShard(window, home);
    const kept = () =>
      runInDurableObject<HomeObject, [string, unknown][]>(stub, (_, { storage }) => [
        ...storage.kv.list(),
      ]);
    const refuse = async (code: string, region = "") => {
      const before = await kept();
      const outcomes = await castOn(stub, [requestOf({ pid: "b".repeat(22), region })]);
      expect(outcomes).toEqual([{ kind: "refused", code }]);
      expect(await kept()).toEqual(before);
    };
    await refuse("vote.unknown_region", "nowhere");
    await castOn(stub, [requestOf({ pid: "a".repeat(22), region: "" })]);
    stopClockAt(2_000);
    await refuse("decision.extension_pending");
    await inShard(stub, (shard) => shard.pause(2_000));
    await refuse("decision.extension_pending");
    await inShard(stub, (shard) => shard.seal());
    await refuse("decision.closed");
    await inShard(stub, (shard) => {
      while (shard.forget() === "more");
    });
    await refuse("decision.closed");
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
