import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  AlarmScheduler,
  type AlarmHandler,
} from "../../../../durable-objects/shared/alarm-scheduler.ts";
import type { ScheduledTask } from "../../../../durable-objects/shared/scheduled-task.ts";

const start = 1_000_000;

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

/** An object's storage of its alarm, and how often that was written. */
class Storage {
  alarm: number | null = null;
  writes = 0;
  isFull = false;

  async getAlarm(): Promise<number | null> {
    return this.alarm;
  }

  async setAlarm(at: number): Promise<void> {
    if (this.isFull) throw new Error("disk full");
    this.alarm = at;
    this.writes += 1;
  }

  async deleteAlarm(): Promise<void> {
    this.alarm = null;
    this.writes += 1;
  }
}

/** Calls the alarm as the platform does: it stays until the work is done, and is gone then unless another was set. */
async function callAlarm({ storage, alarm }: Shared, handlers: readonly AlarmHandler[]) {
  const before = storage.writes;
  await alarm.onAlarm(handlers);
  if (storage.writes === before) storage.alarm = null;
}

type Shared = ReturnType<typeof shared>;
function shared() {
  const storage = new Storage();
  const alarm = new AlarmScheduler(storage);
  return { storage, alarm, room: alarm.newTask(), shard: alarm.newTask() };
}

function milliseconds(count: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, count);
  });
}

/** A handler that notes when it was run, and then does this work. */
function handler(
  task: ScheduledTask,
  runsAt: number[],
  work = (): Promise<void> => task.runAt(null),
) {
  return {
    task,
    async onAlarm() {
      runsAt.push(Date.now() - start);
      await work();
    },
  };
}

describe("an alarm that several tasks share", () => {
  it("is set to the earliest time of a task, and written only where that changes", async () => {
    const { storage, room, shard } = shared();
    await room.runAt(start + 500);
    await shard.runNoLaterThan(start + 900);
    await shard.runAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start + 500, 1]);
    await shard.runNoLaterThan(start + 250);
    expect([storage.alarm, storage.writes]).toEqual([start + 250, 2]);
    await shard.runAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start + 500, 3]);
    await room.runAt(null);
    expect([storage.alarm, storage.writes]).toEqual([null, 4]);
  });

  it("is not put off by a later request of the same task", async () => {
    const { storage, room } = shared();
    await room.runNoLaterThan(start + 500);
    await room.runNoLaterThan(start + 900);
    expect(storage.alarm).toBe(start + 500);
  });

  it("runs the task whose time has come and no other, whose time stays", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.runAt(start + 500);
    await shard.runAt(start + 250);
    vi.setSystemTime(start + 250);
    const runs = { room: [] as number[], shard: [] as number[] };
    await alarm.onAlarm([handler(room, runs.room), handler(shard, runs.shard)]);
    expect(runs).toEqual({ room: [], shard: [250] });
    expect(storage.alarm).toBe(start + 500);
  });

  it("runs the task that it was set for also where it comes early", async () => {
    const { alarm, room, shard } = shared();
    await room.runAt(start + 500);
    await shard.runAt(start + 250);
    const runs = { room: [] as number[], shard: [] as number[] };
    await alarm.onAlarm([handler(room, runs.room), handler(shard, runs.shard)]);
    expect(runs).toEqual({ room: [], shard: [0] });
  });

  it("lets no long task hold up another, and runs none that is running", async () => {
    const all = shared();
    const { storage, room, shard } = all;
    await shard.runAt(start);
    await room.runAt(start + 400);
    const runs = { room: [] as number[], shard: [] as number[] };
    const slow = handler(shard, runs.shard, async () => {
      await shard.runNoLaterThan(start + 100);
      await milliseconds(1_000);
    });
    const called = callAlarm(all, [handler(room, runs.room), slow]);
    await vi.advanceTimersByTimeAsync(999);
    expect(runs).toEqual({ room: [400], shard: [0] });
    await vi.advanceTimersByTimeAsync(1);
    expect(runs.shard).toEqual([0, 1_000]);
    await vi.advanceTimersByTimeAsync(1_000);
    await shard.runAt(null);
    await vi.advanceTimersByTimeAsync(1_000);
    await called;
    expect(storage.alarm).toBeNull();
  });

  it("takes a request that is made while another task runs", async () => {
    const { alarm, room, shard } = shared();
    await room.runAt(start);
    await shard.runAt(null);
    const runs = { room: [] as number[], shard: [] as number[] };
    const slow = handler(room, runs.room, async () => {
      await milliseconds(30_000);
      await room.runAt(null);
    });
    const called = alarm.onAlarm([slow, handler(shard, runs.shard)]);
    await vi.advanceTimersByTimeAsync(100);
    await shard.runNoLaterThan(start + 350);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(runs).toEqual({ room: [0], shard: [350] });
    await vi.advanceTimersByTimeAsync(30_000);
    await called;
  });

  it("is neither put off nor deleted while a running task has not stated its next time: its end would not be done again after a crash", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.runAt(start);
    await shard.runAt(start);
    const slow = handler(room, [], async () => {
      await milliseconds(5_000);
      await room.runAt(start + 60_000);
    });
    const called = alarm.onAlarm([
      slow,
      handler(shard, [], () => shard.scheduleNext(start + 120_000)),
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.alarm).toBe(start);
    await shard.runAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start, 1]);
    await vi.advanceTimersByTimeAsync(5_000);
    await called;
    expect([storage.alarm, storage.writes]).toEqual([start + 60_000, 2]);
  });

  it("is not put off either by what others request of a running task, which counts at its end", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.runAt(start);
    await shard.runAt(null);
    const called = alarm.onAlarm([
      handler(room, [], () => milliseconds(5_000)),
      handler(shard, []),
    ]);
    await room.runNoLaterThan(start + 90_000);
    await room.runNoLaterThan(start + 10_000);
    await room.runNoLaterThan(start + 90_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([storage.alarm, storage.writes]).toEqual([start, 1]);
    await vi.advanceTimersByTimeAsync(5_000);
    await called;
    expect(storage.alarm).toBe(start + 10_000);
  });

  it("is set by what a task states last, or earlier where that was requested meanwhile", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.runAt(null);
    await shard.runAt(start);
    const drain = handler(shard, [], async () => {
      await shard.runNoLaterThan(start + 250);
      await shard.scheduleNext(start + 60_000);
      expect(storage.alarm).toBe(start + 250);
    });
    await alarm.onAlarm([handler(room, []), drain]);
    expect(storage.alarm).toBe(start + 250);
  });

  it("is written once where two times have come together", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.runAt(start);
    await shard.runAt(start);
    const writes = storage.writes;
    await alarm.onAlarm([
      handler(room, [], () => room.runAt(start + 500)),
      handler(shard, [], () => shard.runAt(start + 900)),
    ]);
    expect([storage.alarm, storage.writes - writes]).toEqual([start + 500, 1]);
  });

  it("runs a task again that failed without stating its next time, or was running when the alarm was broken off", async () => {
    const { storage, alarm, shard } = shared();
    await shard.runAt(start);
    const runs: number[] = [];
    const works = [
      () => Promise.reject(new Error("disk full")),
      () => new Promise<void>(() => {}),
      () => shard.runAt(null),
    ];
    const failing = handler(shard, runs, () => works[runs.length - 1]?.() ?? Promise.resolve());
    await expect(alarm.onAlarm([failing])).rejects.toThrow("disk full");
    vi.setSystemTime(storage.alarm ?? 0);
    void alarm.onAlarm([failing]);
    await vi.advanceTimersByTimeAsync(900_000);
    await alarm.onAlarm([failing]);
    expect(runs).toHaveLength(3);
  });

  it("that could not be set is not taken for set, and the request is kept", async () => {
    const { storage, room } = shared();
    storage.isFull = true;
    await expect(room.runNoLaterThan(start + 500)).rejects.toThrow("disk full");
    storage.isFull = false;
    await room.runNoLaterThan(start + 900);
    expect(storage.alarm).toBe(start + 500);
  });

  it("is set for the other tasks before the failure of one is thrown", async () => {
    const { storage, alarm, room, shard } = shared();
    await shard.runAt(start);
    await room.runAt(start + 400);
    const failing = handler(shard, [], () => Promise.reject(new Error("disk full")));
    await expect(alarm.onAlarm([handler(room, []), failing])).rejects.toThrow("disk full");
    expect(storage.alarm).toBe(start + 400);
  });
});

describe("an alarm of an object that has begun anew", () => {
  it("is not set later than it was before every task has stated its time", async () => {
    const { storage, alarm, room, shard } = shared();
    storage.alarm = start + 300;
    await alarm.load();
    await room.runAt(start + 500);
    expect(storage.alarm).toBe(start + 300);
    await shard.runNoLaterThan(start + 900);
    expect(storage.alarm).toBe(start + 300);
    await shard.runAt(null);
    expect(storage.alarm).toBe(start + 500);
  });

  it("keeps what may have been requested also after a setting that failed", async () => {
    const { storage, alarm, shard } = shared();
    storage.alarm = start + 60_000;
    await alarm.load();
    storage.isFull = true;
    await expect(shard.runNoLaterThan(start + 250)).rejects.toThrow("disk full");
    storage.isFull = false;
    await shard.runAt(null);
    expect(storage.alarm).toBe(start + 60_000);
  });

  it("runs every task that has stated no time, whatever it was set for", async () => {
    const { alarm, room, shard } = shared();
    await alarm.load();
    const runs = { room: [] as number[], shard: [] as number[] };
    await alarm.onAlarm([handler(room, runs.room), handler(shard, runs.shard)]);
    expect(runs).toEqual({ room: [0], shard: [0] });
  });

  it("that was lost is set again for a task with work left, and one that is there stays", async () => {
    const { storage, alarm, shard } = shared();
    await alarm.load();
    await shard.restoreLostAlarm();
    expect(storage.alarm).toBe(start);
    const other = shared();
    other.storage.alarm = start + 300;
    await other.alarm.load();
    await other.shard.restoreLostAlarm();
    expect([other.storage.alarm, other.storage.writes]).toEqual([start + 300, 0]);
  });
});
