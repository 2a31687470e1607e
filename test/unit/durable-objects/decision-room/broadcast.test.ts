import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RoomBroadcast } from "../../../../durable-objects/decision-room/broadcast.ts";
import { limits } from "../../../../src/shared/limits.ts";

const { broadcastDelayMs, broadcastMsAWatcher } = limits;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A room with so many watchers, to whom the next broadcasts tell something new. */
function watchedRoom({
  watchers,
  changes,
  onDisk = Promise.resolve(),
}: {
  watchers: number;
  changes: number;
  onDisk?: Promise<void>;
}) {
  const start = Date.now();
  const told: number[] = [];
  const left = { changes };
  const broadcast = new RoomBroadcast(
    // As much of them as is called.
    { decision: {}, whenDurable: () => onDisk } as never,
    {
      shownToWatchers: () => Promise.resolve({}),
      shown: () => ({}),
      isReleaseWaiting: false,
    } as never,
    {
      count: watchers,
      broadcast: () => {
        told.push(Date.now() - start);
        left.changes -= 1;
        return left.changes >= 0;
      },
    } as never,
  );
  return { broadcast, told };
}

it("tells the first change at once, and what comes with others once", async () => {
  const { broadcast, told } = watchedRoom({ watchers: 1, changes: 0 });
  for (let report = 0; report < 5; report += 1) broadcast.schedule();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([0]);
  broadcast.schedule();
  await vi.advanceTimersByTimeAsync(10 * broadcastDelayMs);
  expect(told).toEqual([0, broadcastDelayMs]);
  expect(vi.getTimerCount()).toBe(0);
});

it("goes on by itself while there is something new, and then rests", async () => {
  const { broadcast, told } = watchedRoom({ watchers: 1, changes: 3 });
  broadcast.schedule();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([0, 1, 2, 3].map((turn) => turn * broadcastDelayMs));
  expect(vi.getTimerCount()).toBe(0);
});

it("tells those who watch nothing before it is on disk", async () => {
  let write = (): void => {};
  const onDisk = new Promise<void>((resolve) => (write = resolve));
  const { broadcast, told } = watchedRoom({ watchers: 1, changes: 0, onDisk });
  broadcast.schedule();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
  write();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([10_000]);
});

it("is seldom where many watch", async () => {
  const watchers = 10_000;
  const { broadcast, told } = watchedRoom({ watchers, changes: 1 });
  broadcast.schedule();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([0, watchers * broadcastMsAWatcher]);
});

it("does not go on by itself where nobody watches", async () => {
  const { broadcast, told } = watchedRoom({ watchers: 0, changes: 3 });
  broadcast.schedule();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([0]);
});
