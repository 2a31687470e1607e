import { afterEach, describe, expect, it } from "vitest";
import { send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { readAfresh, readResults, type ResultBody } from "../../../support/worker/results.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";

afterEach(releaseClock);

describe("a reader", () => {
  it("who has seen a newer version than this isolate shares is never given the older", async () => {
    stopClockAt(Date.now());
    const id = await openedDecision();
    const shared = (await readResults(id)).body.version;
    await castBatch(id, votesOf(1, "yes", "north"));
    await reportToRoom(id);

    // The clock stands still, so whoever says nothing is served what is shared: that makes the next line worth testing.
    expect((await readResults(id)).body.version).toBe(shared);
    const seen = await readResults(id, shared + 1);
    expect([seen.status, seen.headers.get("etag")]).toEqual([304, `W/"${shared + 1}"`]);
    const several = await readResults(id, `W/"${shared}", W/"${shared + 1}"`);
    expect(several.headers.get("etag")).toBe(`W/"${shared + 1}"`);
    // From here on the newer one is what is shared.
    expect((await readResults(id)).body.version).toBe(shared + 1);
  });

  it("of one region is kept from going back in the same way", async () => {
    stopClockAt(Date.now());
    const id = await openedDecision();
    const shared = (await readResults(id)).body.version;
    await castBatch(id, votesOf(1, "yes", "north"));
    await reportToRoom(id);
    const path = `/api/v1/decisions/${id}/results/north`;
    const { headers } = await send("GET", path, {
      headers: { "if-none-match": `"${shared + 1}"` },
    });
    expect(headers.get("etag")).toBe(`W/"${shared + 1}"`);
  });

  it("sees versions that only grow, and sums that only grow with them, while votes come in", async () => {
    const id = await openedDecision({ shards: 2 });
    let seen: ResultBody | null = null;
    for (let round = 0; round < 12; round += 1) {
      await castBatch(id, votesOf(3, "yes", "north", `round-${round}`));
      if (round % 3 === 0) await reportToRoom(id);
      const { status, body } = await readResults(id, seen?.version);
      if (status === 304) continue;
      if (seen !== null) {
        expect(body.version).toBeGreaterThan(seen.version);
        expect(body.total.ballots).toBeGreaterThanOrEqual(seen.total.ballots);
        expect(Date.parse(body.as_of)).toBeGreaterThanOrEqual(Date.parse(seen.as_of));
      }
      seen = body;
    }
    expect(seen).not.toBeNull();
  });
});

describe("the age of results", () => {
  it("is what has passed since as_of, and a shared read does not pass for a fresh one", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    const fresh = await readResults(id);
    expect(fresh.body).toMatchObject({ as_of: iso(start), age_ms: 0, total: { ballots: 0 } });

    stopClockAt(start + 400);
    await castBatch(id, votesOf(1, "yes", "north"));
    stopClockAt(start + 900);
    const shared = await readResults(id);
    expect(shared.body).toMatchObject({ as_of: iso(start), age_ms: 900, total: { ballots: 0 } });

    stopClockAt(start + 2_500);
    const later = await readResults(id);
    expect(later.body).toMatchObject({ as_of: iso(start + 2_500), age_ms: 0 });
    expect(later.body.total.ballots).toBe(1);
  });

  it("never leaves out a vote that was acknowledged before as_of", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision({ shards: 4 });
    const accepted: number[] = [];
    for (let tick = 1; tick <= 12; tick += 1) {
      stopClockAt(start + tick * 300);
      await castBatch(id, votesOf(1, "yes", "north", `tick-${tick}`));
      accepted.push(start + tick * 300);
      // Past what this isolate shares: it is the room that must be honest about what it knows of its shards.
      const { body } = await readAfresh(id);
      const asOf = Date.parse(body.as_of);
      expect(body.age_ms).toBe(Date.now() - asOf);
      const due = accepted.filter((at) => at < asOf).length;
      expect(body.total.ballots).toBeGreaterThanOrEqual(due);
    }
  });

  it("of final figures counts from the last seal", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision();
    await takeStep(id, "close");
    stopClockAt(start + 3_600_000);
    expect((await readResults(id)).body).toMatchObject({ as_of: iso(start), age_ms: 3_600_000 });
  });
});
