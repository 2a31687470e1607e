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

/** Takes the first event, and asks for none after it. */
async function fallSilent(reader: ByteReader): Promise<ByteReader> {
  expect(await read(reader)).toBe(": open\n\n");
  await reader.read();
  return reader;
}

describe("what readers of event streams have not taken", () => {
  it("is one event, however many silent readers hold it", async () => {
    const { streams, publish, join } = streamsOf(1_000);
    publish(7);
    for (let count = 0; count < 1_500; count += 1) await fallSilent(join());
    expect(streams.count).toBe(1_500);
    expect(streams.heldBytes).toBeLessThan(1_000_000);
    expect(streams.heldBytes).toBeGreaterThan(100_000);
  });

  it("is bounded in sum: who has held an event longest is cut off, and comes back with since", async () => {
    const { streams, publish, join } = streamsOf(1_000);
    const silent: ByteReader[] = [];
    publish(1);
    const quick = join();
    expect(await read(quick)).toBe(": open\n\n");
    for (let accepted = 1; accepted <= 300; accepted += 1) {
      publish(accepted);
      expect(await read(quick)).toContain(`id: ${accepted + 2}\n`);
      for (let count = 0; count < 5; count += 1) silent.push(await fallSilent(join()));
      expect(streams.heldBytes).toBeLessThanOrEqual(limits.streamsHeldBytesMax);
    }
    expect(streams.heldBytes).toBeGreaterThan(limits.streamsHeldBytesMax * 0.9);
    expect(streams.count).toBeLessThan(1_501);
    const left = streams.count - 1;
    for (const [index, reader] of silent.entries()) {
      if (index < silent.length - left) await expect(reader.read()).rejects.toThrow("fell behind");
    }
    const again = join(300);
    expect(await read(again)).toBe(": open\n\n");
    expect(await read(again)).toContain("event: delta\nid: 301\n");
  });

  it("is nothing once they have taken it, or are gone", async () => {
    const { streams, publish, join } = streamsOf(3);
    publish(1);
    const [takes, goes] = [await fallSilent(join()), await fallSilent(join())];
    const held = streams.heldBytes;
    expect(held).toBeGreaterThan(0);
    void takes.read();
    expect(streams.heldBytes).toBe(held);
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

  it("hears a comment while nothing happens, and reads of the age that an event has when it is told", async () => {
    const start = Date.now();
    const { publish, join } = streamsOf(3);
    publish(1);
    const reader = join();
    await read(reader);
    expect(await read(reader)).toContain(`"age_ms":${start - 1},`);
    const next = read(reader);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next).toBe(": alive\n\n");
    const late = join();
    await read(late);
    expect(await read(late)).toContain(`"age_ms":${start + 15_000 - 1},`);
  });
});
