import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomStore } from "../../../../durable-objects/decision-room/room-store.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { openStream, type StreamEvent } from "../../../support/worker/event-stream.ts";
import { applyMessage, figuresOf, type LiveBody } from "../../../support/worker/live-results.ts";
import { castAndReport, reportToRoom } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { readAfresh } from "../../../support/worker/results.ts";

const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

/** Reads until the figures are final; gives every event on the way. */
async function readToTheEnd(stream: { next(): Promise<StreamEvent> }): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for (;;) {
    const event = await stream.next();
    events.push(event);
    if (event.body.final) return events;
  }
}

afterEach(releaseClock);

describe("the stream of results", () => {
  it("begins with the state, as GET gives it, under the version as its id", async () => {
    const id = await openedDecision();
    await castAndReport(id, 2, "yes", "north");
    const stream = await openStream(id);
    const { event, id: eventId, body } = await stream.next();
    expect([event, eventId]).toEqual(["state", body.version]);
    expect(figuresOf(body)).toEqual(figuresOf((await readAfresh(id)).body));
    expect(body.total.ballots).toBe(2);
    await stream.close();
  });

  it("goes on with deltas that name the regions that changed and no other, in absolute figures", async () => {
    const id = await openedDecision();
    await castAndReport(id, 2, "yes", "north");
    const stream = await openStream(id);
    const first = await stream.next();
    await castAndReport(id, 3, "no", "south");
    const { event, id: eventId, body } = await stream.next();
    expect([event, eventId, body.from]).toEqual(["delta", body.version, first.id]);
    expect(body.total).toMatchObject({ ballots: 5, yes: { ballots: 2 }, no: { ballots: 3 } });
    expect(body.regions).toMatchObject([{ region: "south", ballots: 3, no: { ballots: 3 } }]);
    await stream.close();
  });

  it("tells of no ballot that is not on the disk yet", async () => {
    const id = await openedDecision();
    const stream = await openStream(id);
    await stream.next();
    let reachDisk = (): void => {};
    const onDisk = new Promise<void>((resolve) => {
      reachDisk = resolve;
    });
    const waiting = vi.spyOn(RoomStore.prototype, "whenDurable").mockReturnValue(onDisk);
    await castAndReport(id, 2, "yes", "north");
    await eventually("the broadcast", async () => (waiting.mock.calls.length > 0 ? true : null));
    const next = stream.next();
    const told = next.then(() => "told");
    expect(await Promise.race([told, scheduler.wait(100)])).toBeUndefined();
    reachDisk();
    expect((await next).body.total.ballots).toBe(2);
    waiting.mockRestore();
    await stream.close();
  });

  it("applied step by step to the state gives exactly the final results, with ids that only grow", async () => {
    const id = await openedDecision({ shards: 3, revote_policy: "revisable" });
    const stream = await openStream(id);
    const reading = readToTheEnd(stream);
    for (const [round, vote] of ["yes", "no", "abstain", "no", "yes"].entries()) {
      await castAndReport(id, 7, vote, round % 2 === 0 ? "north" : "south", `voter-${round % 3}`);
    }
    await close(id);
    const events = await reading;

    const ids = events.map((event) => event.id);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    expect(events.map(({ event }) => event)).toEqual([
      "state",
      ...events.slice(1).map(() => "delta"),
    ]);
    for (const [index, { body }] of events.entries()) {
      if (index > 0) expect(body.from).toBe(ids[index - 1]);
    }
    const shown = events.reduce<LiveBody | null>(
      (known, { event, body }) => applyMessage(known, event, body),
      null,
    );
    const { body } = await readAfresh(id);
    expect(body).toMatchObject({ final: true, status: "closed" });
    expect(shown === null ? null : figuresOf(shown)).toEqual(figuresOf(body));
  });

  it.each(["since", "lastEventId"] as const)(
    "taken up again with %s replays what was missed, and nothing else",
    async (how) => {
      const id = await openedDecision();
      const first = await openStream(id);
      const state = (await first.next()).body;
      await castAndReport(id, 1, "yes", "north");
      const seen = await first.next();
      await first.close();
      const shown = applyMessage(state, seen.event, seen.body);

      const watcher = await openStream(id);
      await watcher.next();
      await castAndReport(id, 2, "no", "south");
      await watcher.next();
      await watcher.close();

      const again = await openStream(id, { [how]: seen.id });
      const missed = await again.next();
      expect([missed.event, missed.body.from]).toEqual(["delta", seen.id]);
      const now = applyMessage(shown, missed.event, missed.body);
      expect(figuresOf(now)).toEqual(figuresOf((await readAfresh(id)).body));
      await again.close();
    },
  );

  it("taken up again by a reader who missed nothing stays silent until something changes", async () => {
    const id = await openedDecision();
    const watcher = await openStream(id);
    await watcher.next();
    await castAndReport(id, 1, "yes", "north");
    const seen = await watcher.next();
    const again = await openStream(id, { since: seen.id });
    await castAndReport(id, 1, "no", "north");
    const next = await again.next();
    expect([next.event, next.body.from, next.id]).toEqual(["delta", seen.id, seen.id + 1]);
    await watcher.close();
    await again.close();
  });

  it("taken up again with a version that is too old, or from another life, begins with the state", async () => {
    const id = await openedDecision();
    await castAndReport(id, 3, "yes", "north");
    for (const where of [{ since: 0 }, { lastEventId: 1 }, { lastEventId: "nonsense" }]) {
      const stream = await openStream(id, where);
      const { event, body } = await stream.next();
      expect([event, body.total.ballots]).toEqual(["state", 3]);
      await stream.close();
    }
  });

  it("taken up again after more was missed than the state weighs begins with the state", async () => {
    // Each round changes all 600 regions, so its delta is as large as the state.
    const regions = Array.from({ length: 600 }, (_, index) => `region ${index}`);
    const id = await openedDecision({ regions: regions.map((code) => ({ code })) });
    const watcher = await openStream(id);
    const first = await watcher.next();
    for (let round = 0; round < 3; round += 1) {
      const votes = regions.map((region) => ({
        voter_id: `${region}/${round}`,
        vote: "yes",
        region,
      }));
      await castBatch(id, votes);
      await reportToRoom(id);
      await watcher.next();
    }
    await watcher.close();
    const again = await openStream(id, { lastEventId: first.id });
    const { event, body } = await again.next();
    expect(event).toBe("state");
    expect(figuresOf(body)).toEqual(figuresOf((await readAfresh(id)).body));
    await again.close();
  });

  it("with Last-Event-ID and since together honours the former, which the browser knows better", async () => {
    const id = await openedDecision();
    const watcher = await openStream(id);
    const state = await watcher.next();
    await castAndReport(id, 1, "yes", "north");
    const seen = await watcher.next();
    await castAndReport(id, 1, "no", "north");
    await watcher.next();
    const again = await openStream(id, { since: state.id, lastEventId: seen.id });
    expect((await again.next()).body.from).toBe(seen.id);
    await watcher.close();
    await again.close();
  });

  it("tells of a vote also where somebody's GET told the room before the shard did", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    const stream = await openStream(id);
    await stream.next();
    // Once this one is through, no earlier broadcast is on its way any more.
    await castAndReport(id, 1, "no", "south");
    await stream.next();
    await castBatch(id, votesOf(2, "yes", "north"));
    stopClockAt(start + 2_000);
    expect((await readAfresh(id)).body.total.ballots).toBe(3);
    await reportToRoom(id);
    const { event, body } = await stream.next();
    expect([event, body.total.ballots]).toEqual(["delta", 3]);
    await stream.close();
  });

  it("serves many readers the same events", async () => {
    const id = await openedDecision();
    const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(id)));
    await Promise.all(streams.map((stream) => stream.next()));
    await castAndReport(id, 4, "abstain", "south");
    const events = await Promise.all(streams.map((stream) => stream.next()));
    for (const event of events) expect(event).toEqual(events[0]);
    expect(events[0]?.body.total.ballots).toBe(4);
    await Promise.all(streams.map((stream) => stream.close()));
  });

  it("of a closed decision shows the final state at once", async () => {
    const id = await openedDecision();
    await castAndReport(id, 2, "yes", "south");
    await close(id);
    const stream = await openStream(id);
    const { event, body } = await stream.next();
    expect([event, body.final, body.status, body.total.ballots]).toEqual([
      "state",
      true,
      "closed",
      2,
    ]);
    await stream.close();
  });

  it("refuses a `since` that is no version, and a decision that there is not", async () => {
    const id = await openedDecision();
    for (const since of ["-1", "1.5", "x", "1e400"]) {
      const path = `/api/v1/decisions/${id}/results/stream?since=${since}`;
      await refused("GET", path, {}, 400, "query.invalid");
    }
    const nowhere = "/api/v1/decisions/nobody-decides-this/results/stream";
    await refused("GET", nowhere, {}, 404, "decision.not_found");
  });
});
