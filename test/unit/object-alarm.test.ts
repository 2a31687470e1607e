import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ObjectAlarm, type AlarmWish } from "../../durable-objects/alarm.ts";

const start = 1_000_000;

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

/** An object's storage of its alarm, and how often that was written. */
class Storage {
  alarm: number | null = null;
  writes = 0;

  async getAlarm(): Promise<number | null> {
    return this.alarm;
  }

  async setAlarm(at: number): Promise<void> {
    this.alarm = at;
    this.writes += 1;
  }

  async deleteAlarm(): Promise<void> {
    this.alarm = null;
    this.writes += 1;
  }
}

function shared() {
  const storage = new Storage();
  const alarm = new ObjectAlarm(storage);
  return { storage, alarm, room: alarm.newWish(), shard: alarm.newWish() };
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
    const { storage, alarm, room, shard } = shared();
    await shard.wakeAt(start);
    await room.wakeAt(start + 400);
    const woken = { room: [] as number[], shard: [] as number[] };
    const slow = sleeper(shard, woken.shard, async () => {
      await shard.wakeBy(start + 100);
      await new Promise((resolve) => {
        setTimeout(resolve, 1_000);
      });
    });
    const ringing = alarm.goOff([sleeper(room, woken.room), slow]);
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
