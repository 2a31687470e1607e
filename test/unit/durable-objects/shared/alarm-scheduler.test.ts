import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ObjectAlarm,
  type AlarmWish,
  type Sleeper,
} from "../../../../durable-objects/shared/alarm-scheduler.ts";

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

/** Lets it go off as the platform does: the alarm is there until the work is done, and then gone unless another was set. */
async function ring({ storage, alarm }: Shared, sleepers: readonly Sleeper[]): Promise<void> {
  const before = storage.writes;
  await alarm.goOff(sleepers);
  if (storage.writes === before) storage.alarm = null;
}

type Shared = ReturnType<typeof shared>;
function shared() {
  const storage = new Storage();
  const alarm = new ObjectAlarm(storage);
  return { storage, alarm, room: alarm.newWish(), shard: alarm.newWish() };
}

function milliseconds(count: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, count);
  });
}

/** Somebody who takes down when the alarm woke them, and then works so long and wishes so. */
function sleeper(
  wish: AlarmWish,
  wokenAt: number[],
  work = (): Promise<void> => wish.wakeAt(null),
) {
  return {
    alarm: wish,
    async wake() {
      wokenAt.push(Date.now() - start);
      await work();
    },
  };
}

describe("an object's alarm that several share", () => {
  it("is set to the earliest wish, and written only where that changes", async () => {
    const { storage, room, shard } = shared();
    await room.wakeAt(start + 500);
    await shard.wakeBy(start + 900);
    await shard.wakeAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start + 500, 1]);
    await shard.wakeBy(start + 250);
    expect([storage.alarm, storage.writes]).toEqual([start + 250, 2]);
    await shard.wakeAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start + 500, 3]);
    await room.wakeAt(null);
    expect([storage.alarm, storage.writes]).toEqual([null, 4]);
  });

  it("is not put off by a later wish of the same one", async () => {
    const { storage, room } = shared();
    await room.wakeBy(start + 500);
    await room.wakeBy(start + 900);
    expect(storage.alarm).toBe(start + 500);
  });

  it("wakes whose moment has come and no other, whose wish stays", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.wakeAt(start + 500);
    await shard.wakeAt(start + 250);
    vi.setSystemTime(start + 250);
    const woken = { room: [] as number[], shard: [] as number[] };
    await alarm.goOff([sleeper(room, woken.room), sleeper(shard, woken.shard)]);
    expect(woken).toEqual({ room: [], shard: [250] });
    expect(storage.alarm).toBe(start + 500);
  });

  it("wakes whom it was set for also where it goes off early", async () => {
    const { alarm, room, shard } = shared();
    await room.wakeAt(start + 500);
    await shard.wakeAt(start + 250);
    const woken = { room: [] as number[], shard: [] as number[] };
    await alarm.goOff([sleeper(room, woken.room), sleeper(shard, woken.shard)]);
    expect(woken).toEqual({ room: [], shard: [0] });
  });

  it("lets nobody who works long hold up another, and wakes nobody who is at work", async () => {
    const all = shared();
    const { storage, room, shard } = all;
    await shard.wakeAt(start);
    await room.wakeAt(start + 400);
    const woken = { room: [] as number[], shard: [] as number[] };
    const slow = sleeper(shard, woken.shard, async () => {
      await shard.wakeBy(start + 100);
      await milliseconds(1_000);
    });
    const ringing = ring(all, [sleeper(room, woken.room), slow]);
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).toEqual({ room: [400], shard: [0] });
    await vi.advanceTimersByTimeAsync(1);
    expect(woken.shard).toEqual([0, 1_000]);
    await vi.advanceTimersByTimeAsync(1_000);
    await shard.wakeAt(null);
    await vi.advanceTimersByTimeAsync(1_000);
    await ringing;
    expect(storage.alarm).toBeNull();
  });

  it("hears a wish that is made while another works", async () => {
    const { alarm, room, shard } = shared();
    await room.wakeAt(start);
    await shard.wakeAt(null);
    const woken = { room: [] as number[], shard: [] as number[] };
    const slow = sleeper(room, woken.room, async () => {
      await milliseconds(30_000);
      await room.wakeAt(null);
    });
    const ringing = alarm.goOff([slow, sleeper(shard, woken.shard)]);
    await vi.advanceTimersByTimeAsync(100);
    await shard.wakeBy(start + 350);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(woken).toEqual({ room: [0], shard: [350] });
    await vi.advanceTimersByTimeAsync(30_000);
    await ringing;
  });

  it("is neither put off nor taken back while one at work has not spoken: its end would not be done again after a crash", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.wakeAt(start);
    await shard.wakeAt(start);
    const slow = sleeper(room, [], async () => {
      await milliseconds(5_000);
      await room.wakeAt(start + 60_000);
    });
    const ringing = alarm.goOff([
      slow,
      sleeper(shard, [], () => shard.sleepUntil(start + 120_000)),
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.alarm).toBe(start);
    await shard.wakeAt(null);
    expect([storage.alarm, storage.writes]).toEqual([start, 1]);
    await vi.advanceTimersByTimeAsync(5_000);
    await ringing;
    expect([storage.alarm, storage.writes]).toEqual([start + 60_000, 2]);
  });

  it("is not put off either by what others wish of who is at work, which is heard at the end", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.wakeAt(start);
    await shard.wakeAt(null);
    const ringing = alarm.goOff([sleeper(room, [], () => milliseconds(5_000)), sleeper(shard, [])]);
    await room.wakeBy(start + 90_000);
    await room.wakeBy(start + 10_000);
    await room.wakeBy(start + 90_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([storage.alarm, storage.writes]).toEqual([start, 1]);
    await vi.advanceTimersByTimeAsync(5_000);
    await ringing;
    expect(storage.alarm).toBe(start + 10_000);
  });

  it("is set by the last word of a work, or earlier where that was wished for meanwhile", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.wakeAt(null);
    await shard.wakeAt(start);
    const drain = sleeper(shard, [], async () => {
      await shard.wakeBy(start + 250);
      await shard.sleepUntil(start + 60_000);
      expect(storage.alarm).toBe(start + 250);
    });
    await alarm.goOff([sleeper(room, []), drain]);
    expect(storage.alarm).toBe(start + 250);
  });

  it("is written once where two moments have come together", async () => {
    const { storage, alarm, room, shard } = shared();
    await room.wakeAt(start);
    await shard.wakeAt(start);
    const writes = storage.writes;
    await alarm.goOff([
      sleeper(room, [], () => room.wakeAt(start + 500)),
      sleeper(shard, [], () => shard.wakeAt(start + 900)),
    ]);
    expect([storage.alarm, storage.writes - writes]).toEqual([start + 500, 1]);
  });

  it("wakes again who failed without a word, and who was at work when the handler was broken off", async () => {
    const { storage, alarm, shard } = shared();
    await shard.wakeAt(start);
    const woken: number[] = [];
    const fates = [
      () => Promise.reject(new Error("disk full")),
      () => new Promise<void>(() => {}),
      () => shard.wakeAt(null),
    ];
    const unlucky = sleeper(shard, woken, () => fates[woken.length - 1]?.() ?? Promise.resolve());
    await expect(alarm.goOff([unlucky])).rejects.toThrow("disk full");
    vi.setSystemTime(storage.alarm ?? 0);
    void alarm.goOff([unlucky]);
    await vi.advanceTimersByTimeAsync(900_000);
    await alarm.goOff([unlucky]);
    expect(woken).toHaveLength(3);
  });

  it("that could not be set is not taken for set, and the wish is kept", async () => {
    const { storage, room } = shared();
    storage.isFull = true;
    await expect(room.wakeBy(start + 500)).rejects.toThrow("disk full");
    storage.isFull = false;
    await room.wakeBy(start + 900);
    expect(storage.alarm).toBe(start + 500);
  });

  it("is set for the others before the failure of one is told", async () => {
    const { storage, alarm, room, shard } = shared();
    await shard.wakeAt(start);
    await room.wakeAt(start + 400);
    const failing = sleeper(shard, [], () => Promise.reject(new Error("disk full")));
    await expect(alarm.goOff([sleeper(room, []), failing])).rejects.toThrow("disk full");
    expect(storage.alarm).toBe(start + 400);
  });
});

describe("an object's alarm after a sleep", () => {
  it("is not set later than it was before everybody has spoken", async () => {
    const { storage, alarm, room, shard } = shared();
    storage.alarm = start + 300;
    await alarm.recall();
    await room.wakeAt(start + 500);
    expect(storage.alarm).toBe(start + 300);
    await shard.wakeBy(start + 900);
    expect(storage.alarm).toBe(start + 300);
    await shard.wakeAt(null);
    expect(storage.alarm).toBe(start + 500);
  });

  it("keeps what may have been wished for also after a setting that failed", async () => {
    const { storage, alarm, shard } = shared();
    storage.alarm = start + 60_000;
    await alarm.recall();
    storage.isFull = true;
    await expect(shard.wakeBy(start + 250)).rejects.toThrow("disk full");
    storage.isFull = false;
    await shard.wakeAt(null);
    expect(storage.alarm).toBe(start + 60_000);
  });

  it("wakes everybody who has not spoken, whatever it was set for", async () => {
    const { alarm, room, shard } = shared();
    await alarm.recall();
    const woken = { room: [] as number[], shard: [] as number[] };
    await alarm.goOff([sleeper(room, woken.room), sleeper(shard, woken.shard)]);
    expect(woken).toEqual({ room: [0], shard: [0] });
  });

  it("that was lost is set again for whoever has work left, and one that is there stays", async () => {
    const { storage, alarm, shard } = shared();
    await alarm.recall();
    await shard.resume();
    expect(storage.alarm).toBe(start);
    const other = shared();
    other.storage.alarm = start + 300;
    await other.alarm.recall();
    await other.shard.resume();
    expect([other.storage.alarm, other.storage.writes]).toEqual([start + 300, 0]);
  });
});
