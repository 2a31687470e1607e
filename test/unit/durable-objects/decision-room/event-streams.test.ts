import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventStreams } from "../../../../durable-objects/decision-room/event-streams.ts";
import { WatchFeed } from "../../../../durable-objects/decision-room/watch-feed.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { shownCountsOf } from "../../../support/results/shown-counts.ts";

type ByteReader = ReadableStreamDefaultReader<Uint8Array>;

const decoder = new TextDecoder();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function streamsOf(regionCount: number) {
  const feed = new WatchFeed();
  const streams = new EventStreams(feed);
  let result = shownCountsOf(0, regionCount);
  return {
    streams,
    publish: (accepted: number): void => {
      result = shownCountsOf(accepted, regionCount);
      feed.publish(result);
      streams.serve();
    },
    join: (since: number | null = null): ByteReader => {
      const { body } = streams.accept(feed.position(since), result);
      if (body === null) throw new Error("a stream has a body");
      return body.getReader();
    },
  };
}

async function read(reader: ByteReader): Promise<string> {
  const { value } = await reader.read();
  return decoder.decode(value);
}

/** Takes each event at once, and keeps how it begins. */
async function readAll(reader: ByteReader, events: string[]): Promise<void> {
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    events.push(decoder.decode(value.subarray(0, 60)));
  }
}

/** Takes the first event, and asks for none after it. */
async function fallSilent(reader: ByteReader): Promise<ByteReader> {
  expect(await read(reader)).toBe(": open\n\n");
  await reader.read();
  return reader;
}

describe("what readers of event streams have not taken", () => {
  it("is bounded in sum: the others wait, and who has held an event longest is cut off for them", async () => {
    const { streams, publish, join } = streamsOf(1_000);
    publish(7);
    const silent = Array.from({ length: 1_500 }, () => join());
    for (const reader of silent) expect(await read(reader)).toBe(": open\n\n");
    // Each takes one event at most, and asks for none after it.
    const taken = silent.map((reader) => reader.read());
    const last = join();
    expect(await read(last)).toBe(": open\n\n");
    const told = read(last);
    await vi.advanceTimersByTimeAsync(limits.streamHeldMs - limits.broadcastDelayMs);
    expect(streams.count).toBe(1_501);
    for (let turn = 0; turn < 60; turn += 1) {
      expect(streams.heldBytes).toBeLessThanOrEqual(limits.streamsHeldBytesMax);
      await vi.advanceTimersByTimeAsync(limits.broadcastDelayMs);
    }
    expect(await told).toContain("id: 9\n");
    const cut = 1_501 - streams.count;
    expect(cut).toBeGreaterThan(1_000);
    for (const [index, reader] of silent.entries()) {
      expect((await taken[index])?.done).toBe(false);
      if (index < cut) expect((await reader.read()).done).toBe(true);
    }
    expect(streams.heldBytes).toBeGreaterThan(limits.streamsHeldBytesMax / 2);
  });

  it("costs none its place who takes it at once, however many there are", async () => {
    const { streams, publish, join } = streamsOf(1_000);
    publish(1);
    const seen = Array.from({ length: 600 }, (): string[] => []);
    for (const events of seen) void readAll(join(), events);
    for (let accepted = 1; accepted <= 3; accepted += 1) {
      if (accepted > 1) publish(accepted);
      expect(streams.heldBytes).toBeLessThanOrEqual(limits.streamsHeldBytesMax);
      await vi.advanceTimersByTimeAsync(0);
      const told = seen.filter((events) => events.at(-1)?.includes(`id: ${accepted + 2}\n`));
      expect(told).toHaveLength(600);
    }
    expect(streams.count).toBe(600);
  });

  it("is nothing once they have taken it, or are gone", async () => {
    const { streams, publish, join } = streamsOf(3);
    publish(1);
    const [takes, goes] = [await fallSilent(join()), await fallSilent(join())];
    const held = streams.heldBytes;
    expect(held).toBeGreaterThan(0);
    void takes.read();
    expect(streams.heldBytes).toBe(held / 2);
    await goes.cancel();
    expect([streams.heldBytes, streams.count]).toEqual([0, 1]);
  });
});

describe("a reader of an event stream", () => {
  it("who was slow is told the state, where what was missed is no longer kept or weighs more", async () => {
    const { publish, join } = streamsOf(3);
    publish(1);
    const reader = await fallSilent(join());
    for (let accepted = 2; accepted <= 9; accepted += 1) publish(accepted);
    expect(await read(reader)).toContain("event: state\nid: 11\n");
    publish(10);
    expect(await read(reader)).toContain("event: delta\nid: 12\n");
  });

  it("who was slow is told what was missed step by step, where that is less", async () => {
    const { publish, join } = streamsOf(100);
    publish(1);
    const reader = await fallSilent(join());
    for (let accepted = 2; accepted <= 4; accepted += 1) publish(accepted);
    for (const version of [4, 5, 6])
      expect(await read(reader)).toContain(`event: delta\nid: ${version}\n`);
  });

  it("hears every two seconds that the server is there while nothing happens, and reads of the age that an event has when it is told", async () => {
    const start = Date.now();
    const { publish, join } = streamsOf(3);
    publish(1);
    const reader = join();
    await read(reader);
    expect(await read(reader)).toContain(`"age_ms":${start - 1},`);
    const next = read(reader);
    await vi.advanceTimersByTimeAsync(limits.streamAliveMs);
    expect(await next).toBe("event: alive\ndata: {}\n\n");
    const late = join();
    await read(late);
    expect(await read(late)).toContain(`"age_ms":${start + limits.streamAliveMs - 1},`);
  });
});
