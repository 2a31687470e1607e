import { describe, expect, it } from "vitest";
import {
  GroupCommit,
  type CommitTimers,
} from "../../../../durable-objects/ballot-shard/group-commit.ts";
import { limits } from "../../../../src/shared/limits.ts";

/** A clock that is moved by hand, and what it sets off. */
class MovableTimers implements CommitTimers {
  #now = 0;
  #pending: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  set(run: () => void, afterMs: number): unknown {
    const timer = { at: this.#now + afterMs, run };
    this.#pending.push(timer);
    return timer;
  }

  clear(timer: unknown): void {
    this.#pending = this.#pending.filter((pending) => pending !== timer);
  }

  /** Lets time pass until the turn at `at` begins: what is due then comes after it. */
  moveBefore(at: number): void {
    for (;;) {
      const [next] = this.#pending.toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at >= at) break;
      this.clear(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = at;
  }

  moveTo(at: number): void {
    this.moveBefore(at + 1);
    this.#now = at;
  }
}

const bounds = {
  queueMax: 1_000,
  batchMax: 100,
  enough: limits.commitBallotsEnough,
  enoughOfOneCall: limits.commitCallBallotsEnough,
};

/** What a group commit did: when it applied how many requests, and how long each waited. */
function arranged() {
  const timers = new MovableTimers();
  const batches: { at: number; requests: number }[] = [];
  const waits: number[] = [];
  const commits = new GroupCommit<number, number>(
    (arrivedAt) => {
      batches.push({ at: timers.now(), requests: arrivedAt.length });
      waits.push(...arrivedAt.map((at) => timers.now() - at));
      return [...arrivedAt];
    },
    bounds,
    timers,
  );
  const arrive = (at: number, requests = 1): void => {
    timers.moveBefore(at);
    void commits.submit(Array.from({ length: requests }, () => at));
  };
  return { timers, batches, waits, arrive };
}

/** Times (ms) of arrivals at a rate, each independent of the others, from a fixed seed. */
function poisson(perSecond: number, count: number): number[] {
  let seed = 42;
  let at = 1_000;
  return Array.from({ length: count }, () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    at += (-Math.log(1 - seed / 2 ** 32) * 1_000) / perSecond;
    return Math.floor(at);
  });
}

function commitsAVote(perSecond: number): { each: number; waits: number[] } {
  const { timers, batches, waits, arrive } = arranged();
  const arrivals = poisson(perSecond, 3_000);
  for (const at of arrivals) arrive(at);
  timers.moveTo((arrivals.at(-1) ?? 0) + 1_000);
  expect(waits).toHaveLength(arrivals.length);
  return { each: batches.length / arrivals.length, waits };
}

describe("the window of a group commit", () => {
  it("is none for a call after a silence, and for calls further apart than it", () => {
    const { timers, waits, arrive } = arranged();
    for (let call = 0; call < 50; call += 1) arrive(call * (limits.commitWaitMsMax + 5));
    arrive(100_000);
    timers.moveTo(200_000);
    expect(waits).toEqual(waits.map(() => 0));
    expect(waits).toHaveLength(51);
  });

  it("gathers the calls of one turn, also when none is waited for", () => {
    const { timers, batches, arrive } = arranged();
    for (let call = 0; call < 10; call += 1) arrive(1_000);
    timers.moveTo(2_000);
    expect(batches).toEqual([{ at: 1_000, requests: 10 }]);
  });

  it.each([
    [1, 1, 1],
    [10, 0.8, 1],
    [100, 0.28, 0.45],
    [156, 0.2, 0.3],
    [500, 0.07, 0.12],
  ])("makes of %i calls a second between %f and %f commits a call", (perSecond, min, max) => {
    const { each, waits } = commitsAVote(perSecond);
    expect(each).toBeGreaterThanOrEqual(min);
    expect(each).toBeLessThanOrEqual(max);
    expect(Math.max(...waits)).toBeLessThanOrEqual(limits.commitWaitMsMax);
  });

  it("ends with the turn in which enough requests wait, and not before", () => {
    const { timers, batches, arrive } = arranged();
    for (let call = 0; call < 200; call += 1) arrive(1_000 + 4 * call);
    timers.moveTo(1_820);
    batches.length = 0;
    for (let call = 1; call < limits.commitBallotsEnough; call += 1) arrive(1_821);
    timers.moveTo(1_823);
    expect(batches).toEqual([]);
    arrive(1_824);
    arrive(1_824);
    timers.moveTo(1_824);
    expect(batches).toEqual([{ at: 1_824, requests: limits.commitBallotsEnough + 1 }]);
  });

  it("ends with the turn of a call that has gathered several, which serves who waits", () => {
    const { timers, batches, arrive } = arranged();
    for (let call = 0; call < 200; call += 1) arrive(1_000 + 4 * call);
    timers.moveTo(1_820);
    batches.length = 0;
    arrive(1_821, limits.commitCallBallotsEnough - 1);
    timers.moveTo(1_822);
    expect(batches).toEqual([]);
    arrive(1_823, limits.commitCallBallotsEnough);
    timers.moveTo(1_823);
    expect(batches).toEqual([{ at: 1_823, requests: 2 * limits.commitCallBallotsEnough - 1 }]);
  });

  it("makes no bulk request wait", () => {
    const { waits, timers, arrive } = arranged();
    for (let call = 0; call < 100; call += 1) arrive(1_000 + 3 * call, 250);
    timers.moveTo(5_000);
    expect(Math.max(...waits)).toBe(0);
  });

  it("soon makes nobody wait for others who never come, and tries again now and then", () => {
    const { timers, waits, batches, arrive } = arranged();
    let at = 1_000;
    for (let call = 0; call < 400; call += 1) {
      arrive(at);
      while (waits.length <= call) timers.moveTo(timers.now() + 1);
      at = timers.now() + 2;
    }
    expect(batches).toHaveLength(400);
    const waited = waits.slice(100).filter((wait) => wait > 0).length;
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(Math.ceil(300 / limits.commitsUntilWaitTried));
  });

  it("waits again once others join", () => {
    const { timers, batches, arrive } = arranged();
    let at = 1_000;
    for (let call = 0; call < 100; call += 1) {
      arrive(at);
      timers.moveTo(at + limits.commitWaitMsMax);
      at = timers.now() + 1;
    }
    batches.length = 0;
    for (let call = 0; call < 600; call += 1) arrive(at + 5 * call);
    timers.moveTo(at + 10_000);
    expect(batches.length).toBeLessThan(300);
  });
});
