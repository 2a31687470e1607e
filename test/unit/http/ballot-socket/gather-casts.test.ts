import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import { gatherByShard, gatherCasts } from "../../../../src/http/ballot-socket/gather-casts.ts";
import type { CastVotes } from "../../../../src/ports/ballots.ts";
import { limits } from "../../../../src/shared/limits.ts";

const { commitCallBallotsEnough, gatherWaitMsMax, gatheredVotesEnough, gatheredVotesMax } = limits;

/** As much of a request as is looked at: whose it is. */
const requestOf = (pid: string) => ({ pid }) as CastRequest;
const messageOf = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => requestOf(`${name}.${index}`));
/** An outcome that says whose it is. */
const outcomeOf = ({ pid }: CastRequest): CastOutcome => ({
  kind: "accepted",
  receipt: { decisionId: pid, ballotHash: "", r: "", u: "", c: "" },
});

/** A cast that ends when it is told to, with whose votes each had. */
function gathered() {
  const casts: { pids: string[]; end: (error?: Error) => void }[] = [];
  const direct: CastVotes = (requests) =>
    new Promise((resolve, reject) => {
      const end = (error?: Error) =>
        error === undefined ? resolve(requests.map(outcomeOf)) : reject(error);
      casts.push({ pids: requests.map(({ pid }) => pid), end });
    });
  return { direct, cast: gatherCasts(direct), casts };
}

/** Until everything that can go on without a wait has gone on. */
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the votes of a station's messages", () => {
  it("are cast with those of the same turn, and then with those of the time of a cast", async () => {
    const { cast, casts } = gathered();
    const messages = ["one", "two", "three", "four"].map((name) => messageOf(2, name));
    const answers = messages.slice(0, 2).map((message) => cast(message));
    await settled();
    expect(casts).toHaveLength(1);
    answers.push(...messages.slice(2).map((message) => cast(message)));
    await settled();
    expect(casts).toHaveLength(1);
    casts[0]?.end();
    await settled();
    expect(casts.map(({ pids }) => pids)).toEqual([
      ["one.0", "one.1", "two.0", "two.1"],
      ["three.0", "three.1", "four.0", "four.1"],
    ]);
    casts[1]?.end();
    expect(await Promise.all(answers)).toEqual(messages.map((message) => message.map(outcomeOf)));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("wait no longer for a cast that is late, and are answered before it", async () => {
    const { cast, casts } = gathered();
    const late = cast([requestOf("late")]);
    await settled();
    const next = cast([requestOf("next")]);
    await vi.advanceTimersByTimeAsync(gatherWaitMsMax - 1);
    expect(casts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(casts).toHaveLength(2);
    casts[1]?.end();
    expect(await next).toEqual([outcomeOf(requestOf("next"))]);
    casts[0]?.end();
    expect(await late).toEqual([outcomeOf(requestOf("late"))]);
  });

  it("wait for nothing where there are enough of them, of one message or of several", async () => {
    const { cast, casts } = gathered();
    const first = messageOf(commitCallBallotsEnough, "first");
    const sizes = [gatheredVotesEnough, 1, gatheredVotesEnough - 1];
    const messages = [first, ...sizes.map((count, index) => messageOf(count, `${index}`))];
    const answers = [cast(first)];
    await settled();
    for (const message of messages.slice(1)) {
      answers.push(cast(message));
      await settled();
    }
    expect(casts.map(({ pids }) => pids.length)).toEqual([
      commitCallBallotsEnough,
      gatheredVotesEnough,
      gatheredVotesEnough,
    ]);
    for (const { end } of casts) end();
    expect(await Promise.all(answers)).toEqual(messages.map((message) => message.map(outcomeOf)));
  });

  it("wait for no few that their shard may hold until others come", async () => {
    const { cast, casts } = gathered();
    const few = messageOf(commitCallBallotsEnough - 1, "few");
    const others = Array.from({ length: commitCallBallotsEnough }, (_, at) => [requestOf(`${at}`)]);
    const answers = [cast(few)];
    await settled();
    answers.push(...others.slice(1).map((message) => cast(message)));
    await settled();
    expect(casts).toHaveLength(1);
    answers.push(cast(others[0] ?? []));
    await settled();
    expect(casts.map(({ pids }) => pids.length)).toEqual([few.length, others.length]);
    for (const { end } of casts) end();
    await Promise.all(answers);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("fail together, and what comes later does not", async () => {
    const { cast, casts } = gathered();
    const first = cast([requestOf("first")]);
    await settled();
    const failures = Promise.allSettled([cast([requestOf("one")]), cast([requestOf("other")])]);
    await settled();
    casts[0]?.end();
    await first;
    await settled();
    casts[1]?.end(new Error("broken"));
    expect((await failures).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const later = cast([requestOf("later")]);
    await settled();
    casts[2]?.end();
    expect(await later).toEqual([outcomeOf(requestOf("later"))]);
  });

  it("are each cast once, in their order, and no more together than may be", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ votes: fc.integer({ min: 1, max: gatheredVotesMax + 50 }) }),
        fc.record({ ends: fc.nat() }),
        fc.record({ waitMs: fc.integer({ min: 1, max: 2 * gatherWaitMsMax }) }),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const { cast, casts } = gathered();
        const messages: CastRequest[][] = [];
        const answers: Promise<unknown>[] = [];
        for (const step of some) {
          if ("votes" in step) {
            const message = messageOf(step.votes, `${messages.length}`);
            messages.push(message);
            answers.push(cast(message));
          } else if ("ends" in step) casts[step.ends % casts.length]?.end();
          await vi.advanceTimersByTimeAsync("waitMs" in step ? step.waitMs : 0);
        }
        for (let at = 0; at < casts.length; at += 1) {
          casts[at]?.end();
          await settled();
        }
        expect(await Promise.all(answers)).toEqual(
          messages.map((message) => message.map(outcomeOf)),
        );
        expect(casts.flatMap(({ pids }) => pids)).toEqual(messages.flat().map(({ pid }) => pid));
        for (const { pids } of casts) {
          const isOneMessage = new Set(pids.map((pid) => pid.split(".")[0])).size === 1;
          expect(isOneMessage || pids.length <= gatheredVotesMax).toBe(true);
        }
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the votes of a station for several shards", () => {
  /** Of a voter of the first or the second of two shards. */
  const voters = { first: requestOf("AAAA"), second: requestOf("____") };
  const shardMap = [{ locationHint: null }, { locationHint: null }];

  it("wait for nobody's but their own shard's", async () => {
    const { direct, casts } = gathered();
    const cast = gatherByShard({ shardMap }, direct);
    void cast([voters.first]);
    const second = cast([voters.second]);
    await settled();
    void cast([voters.first]);
    const both = cast([voters.first, voters.second]);
    await settled();
    expect(casts.map(({ pids }) => pids)).toEqual([["AAAA"], ["____"]]);
    casts[1]?.end();
    expect(await second).toEqual([outcomeOf(voters.second)]);
    await settled();
    expect(casts.at(-1)?.pids).toEqual(["____"]);
    casts[0]?.end();
    await settled();
    // A voter's votes keep their order, whatever messages they came in.
    expect(casts.at(-1)?.pids).toEqual(["AAAA", "AAAA"]);
    for (const { end } of casts) end();
    expect(await both).toEqual([outcomeOf(voters.first), outcomeOf(voters.second)]);
  });

  it.each([{ rehearsal: true as const }, { placement: [] }])(
    "are cast message by message under %o",
    async (terms) => {
      const { direct, casts } = gathered();
      const cast = gatherByShard({ shardMap, ...terms }, direct);
      void cast([voters.first]);
      void cast([voters.first]);
      await settled();
      expect(casts).toHaveLength(2);
    },
  );
});
