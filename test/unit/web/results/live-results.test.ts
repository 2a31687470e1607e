import { describe, expect, test } from "vitest";
import type { ApiResults } from "../../../../src/web/contract.ts";
import { LiveResults, silenceMs } from "../../../../src/web/results/live-results.ts";
import { FakeLivePorts } from "./fake-live-ports.ts";
import { deltaOf, resultsAt } from "./tallies.ts";

async function followed(first: ApiResults = resultsAt(5)) {
  const ports = new FakeLivePorts(first);
  const versions: number[] = [];
  const connections: string[] = [];
  const live = new LiveResults(ports, {
    onResults: ({ version }) => versions.push(version),
    onConnection: ({ kind }) => connections.push(kind),
  });
  await live.start();
  return { ports, live, versions, connections };
}

describe("following a decision's result", () => {
  test("reads it once and then listens from the version it holds", async () => {
    const { ports, versions, connections } = await followed();
    ports.stream.emit("open");
    ports.stream.emit("delta", deltaOf(5, 7));
    expect(ports.stream.since).toBe(5);
    expect(versions).toEqual([5, 7]);
    expect(connections).toEqual(["connecting", "live"]);
  });

  test("a first reading that fails is the caller's to show", async () => {
    const ports = new FakeLivePorts(resultsAt(1));
    ports.server = new Error("not found");
    const live = new LiveResults(ports, { onResults: () => {}, onConnection: () => {} });
    await expect(live.start()).rejects.toThrow("not found");
    expect(ports.streams).toEqual([]);
  });

  test("a final result opens no stream", async () => {
    const { ports, connections } = await followed(resultsAt(5, { final: true, status: "closed" }));
    expect(ports.streams).toEqual([]);
    expect(connections.at(-1)).toBe("final");
    expect(ports.isWaiting).toBe(false);
  });

  test("a delta that makes it final ends the stream for good", async () => {
    const { ports, connections } = await followed();
    ports.stream.emit("delta", { ...deltaOf(5, 6), final: true, status: "closed" });
    expect(ports.stream.isClosed).toBe(true);
    expect(connections.at(-1)).toBe("final");
    expect(ports.isWaiting).toBe(false);
  });

  test("a broken stream is closed and, after a pause, opened again from the newest version", async () => {
    const { ports, connections } = await followed();
    ports.stream.emit("delta", deltaOf(5, 8));
    ports.stream.emit("error");
    expect(ports.stream.isClosed).toBe(true);
    expect(connections.at(-1)).toBe("waiting");
    ports.server = resultsAt(9);
    await ports.pass();
    expect(ports.streams).toHaveLength(2);
    expect(ports.stream.since).toBe(9);
  });

  test("pauses grow while the server stays away, and end early when the device comes back", async () => {
    const { ports, live } = await followed();
    ports.stream.emit("error");
    ports.server = new Error("down");
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const before = ports.time;
      await ports.pass();
      pauses.push(ports.time - before);
    }
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(new Set(pauses).size).toBe(5);
    ports.server = resultsAt(9);
    live.hurry();
    await ports.settle();
    expect(ports.stream.since).toBe(9);
  });

  test("a delta that leaves a gap makes it read the whole result again", async () => {
    const { ports, versions } = await followed();
    ports.server = resultsAt(12);
    ports.stream.emit("delta", deltaOf(10, 11));
    await ports.settle();
    expect(versions.at(-1)).toBe(12);
    expect(ports.streams).toHaveLength(2);
  });

  test("what a closed stream still delivers is not heard", async () => {
    const { ports, versions } = await followed();
    const lost = ports.stream;
    lost.emit("error");
    lost.emit("delta", deltaOf(5, 99));
    expect(versions).not.toContain(99);
  });

  test("a whole result from a server that lags does not take it back", async () => {
    const { ports, versions } = await followed();
    ports.stream.emit("delta", deltaOf(5, 8));
    ports.stream.emit("error");
    ports.server = resultsAt(6);
    await ports.pass();
    expect(versions.at(-1)).toBe(8);
    expect(ports.stream.since).toBe(8);
  });

  test("what is shown already is not taken back by a first reading that lags", async () => {
    const ports = new FakeLivePorts(resultsAt(6));
    const versions: number[] = [];
    const onResults = ({ version }: { version: number }) => versions.push(version);
    await new LiveResults(ports, { onResults, onConnection: () => {} }, resultsAt(8)).start();
    expect(versions).toEqual([8]);
    expect(ports.stream.since).toBe(8);
  });

  test("a stream that stays silent while nobody votes is kept", async () => {
    const { ports } = await followed();
    const before = ports.time;
    await ports.pass();
    expect(ports.time - before).toBe(silenceMs);
    expect(ports.reads).toBe(2);
    expect(ports.streams).toHaveLength(1);
    expect(ports.stream.isClosed).toBe(false);
  });

  test("a stream that kept votes from us is replaced", async () => {
    const { ports, versions } = await followed();
    ports.server = resultsAt(30);
    await ports.pass();
    expect(versions.at(-1)).toBe(30);
    expect(ports.streams).toHaveLength(2);
    expect(ports.streams[0]?.isClosed).toBe(true);
  });

  test("stopping ends everything", async () => {
    const { ports, live, versions } = await followed();
    live.stop();
    ports.stream.emit("delta", deltaOf(5, 6));
    expect(ports.stream.isClosed).toBe(true);
    expect(ports.isWaiting).toBe(false);
    expect(versions).toEqual([5]);
  });
});

describe("a server that falls silent", () => {
  test("is told within five seconds of its last word, and taken back when it answers", async () => {
    const { ports, connections } = await followed();
    ports.stream.emit("open");
    const before = ports.time;
    ports.server = new Promise(() => {});
    await ports.pass();
    expect(ports.time - before).toBeLessThan(5_000);
    expect(connections.at(-1)).toBe("stalled");
    ports.stream.emit("alive");
    expect(connections.at(-1)).toBe("live");
  });

  test("is not told while its stream says that it is there", async () => {
    const { ports, connections } = await followed();
    ports.stream.emit("open");
    for (let beat = 0; beat < 5; beat += 1) {
      ports.time += silenceMs - 1;
      ports.stream.emit("alive");
    }
    expect(connections).toEqual(["connecting", "live"]);
    expect(ports.reads).toBe(1);
  });

  test("stays silent in words until something was read, however often it is tried", async () => {
    const { ports, connections } = await followed();
    ports.stream.emit("open");
    ports.server = new Error("down");
    await ports.pass();
    await ports.pass();
    await ports.pass();
    expect(connections.slice(2)).not.toContain("connecting");
    expect(connections.slice(2)).not.toContain("live");
  });
});
