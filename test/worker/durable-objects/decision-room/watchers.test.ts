import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { openStream } from "../../../support/worker/event-stream.ts";
import { figuresOf } from "../../../support/worker/live-results.ts";
import { castAndReport, roomOf } from "../../../support/worker/objects.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { openSocket } from "../../../support/worker/socket.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Results = { decision_id?: string; from?: number; shows?: string };

/** The results of a decision that were serialised since the spy was set: states, and deltas. */
function serialised(spy: { mock: { calls: readonly unknown[][] } }, id: string) {
  const all = spy.mock.calls.map(([value]) => value as Results | null);
  const ofDecision = all.filter((value) => value?.decision_id === id && value.shows !== undefined);
  const deltas = ofDecision.filter((value) => value?.from !== undefined).length;
  return { states: ofDecision.length - deltas, deltas };
}

describe("what is broadcast", () => {
  it("is serialised once, however many sockets and streams get it", async () => {
    const id = await openedDecision();
    const spy = vi.spyOn(JSON, "stringify");
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openSocket(id)));
    const streams = await Promise.all(Array.from({ length: 8 }, () => openStream(id)));
    await Promise.all([...sockets, ...streams].map((watcher) => watcher.next()));
    expect(serialised(spy, id)).toEqual({ states: 1, deltas: 0 });
    spy.mockClear();
    await castAndReport(id, 3, "yes", "north");
    const messages = await Promise.all(sockets.map((socket) => socket.next()));
    const events = await Promise.all(streams.map((stream) => stream.next()));
    expect(serialised(spy, id)).toEqual({ states: 0, deltas: 1 });
    const [event] = events;
    if (event === undefined) throw new Error("every stream has an event");
    for (const message of messages) {
      expect([message.type, message.from]).toEqual(["delta", event.body.from]);
      expect(figuresOf(message)).toEqual(figuresOf(event.body));
    }
    for (const socket of sockets) socket.close();
    await Promise.all(streams.map((stream) => stream.close()));
  });

  it("reaches a socket that wakes behind as the state, also where others follow by deltas", async () => {
    const id = await openedDecision();
    const sleeper = await openSocket(id);
    await sleeper.next();
    await castAndReport(id, 1, "yes", "north");
    await sleeper.next();
    await evictDurableObject(roomOf(id));
    await castAndReport(id, 1, "no", "south");
    const woken = await sleeper.next();
    expect(woken).toMatchObject({ type: "state", total: { ballots: 2 } });
    expect(figuresOf(woken)).toEqual(figuresOf((await readAfresh(id)).body));
    const watcher = await openSocket(id);
    await watcher.next();
    await castAndReport(id, 1, "abstain", "south");
    expect(await watcher.next()).toMatchObject({ type: "delta", total: { ballots: 3 } });
    expect(await sleeper.next()).toMatchObject({ type: "delta", total: { ballots: 3 } });
    sleeper.close();
    watcher.close();
  });
});
