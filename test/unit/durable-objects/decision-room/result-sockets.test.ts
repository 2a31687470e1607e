import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ResultSockets,
  type ResultSocket,
} from "../../../../durable-objects/decision-room/result-sockets.ts";
import { WatchFeed } from "../../../../durable-objects/decision-room/watch-feed.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { shownCountsOf } from "../../../support/results/shown-counts.ts";

/** A socket whose messages leave when its test says so, or at once. */
class FakeSocket implements ResultSocket {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  closedWith: number | undefined;
  readonly sent: { type: string; version: number }[] = [];
  readonly #isQuick: boolean;
  kept: unknown = null;
  writes = 0;

  constructor(isQuick: boolean) {
    this.#isQuick = isQuick;
  }

  send(text: string): void {
    if (!this.#isQuick) this.bufferedAmount += text.length;
    const [, type = "", version] = /^\{"type":"(\w+)",.*?"version":(\d+),/.exec(text) ?? [];
    this.sent.push({ type, version: Number(version) });
  }

  close(code?: number): void {
    this.closedWith = code;
    this.readyState = WebSocket.CLOSING;
  }

  serializeAttachment(attachment: unknown): void {
    this.kept = attachment;
    this.writes += 1;
  }

  deserializeAttachment(): unknown {
    return this.kept;
  }

  get versions(): number[] {
    return this.sent.map(({ version }) => version);
  }
}

function roomOfSockets(regionCount: number) {
  const feed = new WatchFeed();
  const all: FakeSocket[] = [];
  const sockets = new ResultSockets(feed, () => all);
  let result = shownCountsOf(0, regionCount);
  return {
    all,
    count: () => sockets.count,
    begin: (socket: FakeSocket) => sockets.begin(socket, feed.position(null), result),
    owed: () =>
      all
        .filter(({ readyState }) => readyState === WebSocket.OPEN)
        .reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0),
    publish: (accepted: number): void => {
      result = shownCountsOf(accepted, regionCount);
      feed.publish(result);
      sockets.serve();
    },
    join: ({ isQuick }: { isQuick: boolean }): FakeSocket => {
      const socket = new FakeSocket(isQuick);
      all.push(socket);
      sockets.begin(socket, feed.position(null), result);
      return socket;
    },
  };
}

const stateBytes = 200_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the sockets of a room", () => {
  it("are each told the state and then every delta", () => {
    const { publish, join } = roomOfSockets(3);
    publish(1);
    const socket = join({ isQuick: true });
    publish(2);
    publish(3);
    expect(socket.sent.map(({ type }) => type)).toEqual(["state", "delta", "delta"]);
    expect(socket.versions).toEqual([3, 4, 5]);
  });

  it("keep what they know once nothing was sent for a while, until when a timer is set", () => {
    const { publish, join } = roomOfSockets(3);
    publish(1);
    const socket = join({ isQuick: true });
    const before = socket.writes;
    for (let accepted = 2; accepted <= 9; accepted += 1) {
      publish(accepted);
      vi.advanceTimersByTime(limits.attachmentQuietMs - 1);
    }
    const gone = join({ isQuick: true });
    const atJoin = gone.writes;
    gone.close();
    expect(socket.writes).toBe(before);
    vi.advanceTimersByTime(2 * limits.attachmentQuietMs);
    expect(socket.writes).toBe(before + 1);
    expect(gone.writes).toBe(atJoin);
    expect(socket.kept).toMatchObject({ version: socket.versions.at(-1) });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that do not read are sent nothing more, and are told the rest once they do", () => {
    const { publish, join } = roomOfSockets(1_000);
    publish(1);
    const slow = join({ isQuick: false });
    for (let accepted = 2; accepted <= 9; accepted += 1) publish(accepted);
    expect(slow.versions).toEqual([3]);
    slow.bufferedAmount = 0;
    vi.advanceTimersByTime(limits.broadcastDelayMs);
    expect(slow.versions).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
    slow.bufferedAmount = 0;
    vi.advanceTimersByTime(limits.broadcastDelayMs);
    vi.advanceTimersByTime(2 * limits.attachmentQuietMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("owe a bounded sum: the rest is told the state later, and none that reads is cut off", () => {
    const { all, owed, publish, join } = roomOfSockets(1_000);
    publish(1);
    for (let count = 0; count < 500; count += 1) join({ isQuick: false });
    const quick = join({ isQuick: true });
    for (let turn = 0; turn < 100; turn += 1) {
      expect(owed()).toBeLessThanOrEqual(limits.socketsOwedBytesMax + stateBytes * 2);
      for (const socket of all) socket.bufferedAmount = 0;
      vi.advanceTimersByTime(limits.broadcastDelayMs);
    }
    expect(all.filter(({ versions }) => versions.length === 1)).toHaveLength(501);
    expect(quick.versions).toEqual([3]);
    expect(all.every(({ closedWith }) => closedWith === undefined)).toBe(true);
  });

  it("that owe most, for longest, are cut off when the sum is passed", () => {
    const { all, owed, publish, join } = roomOfSockets(1_000);
    publish(1);
    for (let count = 0; count < 300; count += 1) {
      join({ isQuick: false });
      vi.advanceTimersByTime(limits.broadcastDelayMs / 2);
      expect(owed()).toBeLessThanOrEqual(limits.socketsOwedBytesMax + stateBytes * 2);
    }
    const cut = all.map(({ closedWith }) => closedWith === 1013);
    const firstKept = cut.indexOf(false);
    expect(firstKept).toBeGreaterThan(0);
    expect(cut.slice(firstKept).includes(true)).toBe(false);
  });

  it("that have read nothing for half a minute are cut off", () => {
    const { publish, join } = roomOfSockets(3);
    publish(1);
    const [slow, quick] = [join({ isQuick: false }), join({ isQuick: true })];
    vi.advanceTimersByTime(limits.socketStuckMsMax);
    expect(slow.closedWith).toBeUndefined();
    vi.advanceTimersByTime(2 * limits.broadcastDelayMs);
    expect([slow.closedWith, quick.closedWith]).toEqual([1013, undefined]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that come from an instance before are told the state, whatever deltas others get", () => {
    const { all, publish, join } = roomOfSockets(3);
    publish(5);
    const current = join({ isQuick: true });
    const behind = new FakeSocket(true);
    behind.serializeAttachment(3);
    all.push(behind);
    publish(6);
    expect(current.sent.at(-1)).toMatchObject({ type: "delta", version: 8 });
    expect(behind.sent).toMatchObject([{ type: "state", version: 8 }]);
    publish(7);
    expect(behind.sent.at(-1)).toMatchObject({ type: "delta", version: 9 });
  });
});

it("a socket that is ending holds no place, and is told nothing", () => {
  const room = roomOfSockets(1);
  const [first] = [room.join({ isQuick: true }), room.join({ isQuick: true })];
  expect(room.count()).toBe(2);
  first.close();
  expect(room.count()).toBe(1);
  const late = new FakeSocket(true);
  late.close();
  room.begin(late);
  expect(late.sent).toEqual([]);
});
