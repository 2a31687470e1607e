import { afterEach, describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { recordOf, type TallyBody } from "../../../support/worker/record.ts";
import { recountBallots } from "../../../support/worker/recount.ts";
import { readAfresh, readResults } from "../../../support/worker/results.ts";

afterEach(releaseClock);

const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

describe("results", () => {
  it("of a decision without votes are zeros, whole and by region", async () => {
    const zero = { ballots: 0, weight: "0" };
    const nothing: TallyBody = { yes: zero, no: zero, abstain: zero, ...zero };
    for (const id of [await draftDecision(), await openedDecision()]) {
      const { body } = await readResults(id, null, adminKey);
      expect(body).toMatchObject({ decision_id: id, final: false, total: nothing });
      expect(body.regions).toEqual([
        { region: "north", ...nothing },
        { region: "south", ...nothing },
      ]);
    }
  });

  it("are the recount of the record, whole and by region, and the regions sum to the whole", async () => {
    const id = await openedDecision({ shards: 4, revote_policy: "revisable", weight_max: 9 });
    const heavy = votesOf(30, "yes", "north").map((vote, i) => ({ ...vote, weight: 1 + (i % 9) }));
    await castBatch(id, [
      ...heavy,
      ...votesOf(20, "no", "south"),
      ...votesOf(5, "abstain", "north"),
    ]);
    await castBatch(id, votesOf(10, "no", "north", "yes-north"));
    await reportToRoom(id);

    const { body } = await readResults(id);
    const recount = recountBallots(await recordOf(id));
    expect(body.total).toEqual(recount.total);
    expect(body.total.ballots).toBe(55);
    for (const { region, ...tally } of body.regions)
      expect(tally).toEqual(recount.regionOf(region));
    expect(body.regions.reduce((sum, region) => sum + region.ballots, 0)).toBe(body.total.ballots);
  });

  it("of one region are that region's part, under the same version and ETag", async () => {
    const id = await openedDecision();
    await castBatch(id, [...votesOf(3, "yes", "north"), ...votesOf(2, "no", "south")]);
    await reportToRoom(id);
    const whole = await readResults(id);
    const part = await api("GET", `/api/v1/decisions/${id}/results/south`);
    expect(part.body).toMatchObject({
      region: "south",
      version: whole.body.version,
      total: { ballots: 2, no: { ballots: 2 }, yes: { ballots: 0 } },
    });
    expect(part.headers.get("etag")).toBe(whole.headers.get("etag"));
  });

  it("of a decision without regions have none", async () => {
    const id = await openedDecision({ regions: [] });
    await castBatch(id, [{ voter_id: "ana", vote: "yes" }]);
    await reportToRoom(id);
    expect((await readResults(id)).body).toMatchObject({ total: { ballots: 1 }, regions: [] });
    await refused("GET", `/api/v1/decisions/${id}/results/north`, {}, 404, "region.not_found");
  });

  it("of a decision that there is not are not found", async () => {
    const path = "/api/v1/decisions/nobody-decides-this/results";
    for (const end of ["", "/north", "/stream"]) {
      await refused("GET", path + end, {}, 404, "decision.not_found");
    }
  });

  it("after the close are final, equal the record, and stay as they are", async () => {
    const id = await openedDecision({ shards: 3 });
    await castBatch(id, [...votesOf(30, "yes", "north"), ...votesOf(12, "abstain", "south")]);
    const last = (await readResults(id)).body.version;
    await close(id);
    const { body } = await readAfresh(id);
    const recount = recountBallots(await recordOf(id));
    expect(body).toMatchObject({ status: "closed", final: true, total: recount.total });
    expect(body.version).toBeGreaterThan(last);

    await castBatch(id, votesOf(5, "no", "north", "late"));
    const later = (await readAfresh(id)).body;
    expect(later).toMatchObject({ version: body.version, total: body.total, as_of: body.as_of });
  });

  it("of a cancelled decision are never final", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(2, "yes", "north"));
    await api("POST", `/api/v1/decisions/${id}/cancel`, { key: adminKey });
    expect((await readResults(id)).body).toMatchObject({ status: "cancelled", final: false });
  });

  it("name the status that the decision has, also in the moment the clock has opened it", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await draftDecision({ opens_at: iso(start + 60_000) });
    await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
    stopClockAt(start + 60_000);
    await castBatch(id, votesOf(1, "yes", "north"));
    const decision = await api("GET", `/api/v1/decisions/${id}`);
    expect(decision.body).toMatchObject({ status: "open" });
    expect((await readResults(id)).body).toMatchObject({ status: "open", total: { ballots: 1 } });
  });
});

describe("the ETag of results", () => {
  it("is the version, and answers 304 without a body while nothing has changed", async () => {
    const id = await openedDecision();
    const first = await readResults(id);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toBe(`W/"${first.body.version}"`);
    for (const seen of [etag, etag.replace("W/", ""), `"other", ${etag}`, "*"]) {
      const response = await send("GET", `/api/v1/decisions/${id}/results`, {
        headers: { "if-none-match": seen },
      });
      expect([seen, response.status, await response.text()]).toEqual([seen, 304, ""]);
      expect(response.headers.get("etag")).toBe(etag);
    }
  });

  it("is asked about at each read, but of final figures, which a cache on the way may hold for a second", async () => {
    const controlOf = async (id: string) => (await readResults(id)).headers.get("cache-control");
    const draft = await readResults(await draftDecision(), null, adminKey);
    expect(draft.headers.get("cache-control")).toBe("no-store");
    const [cancelled, closed] = [await openedDecision(), await openedDecision()];
    expect(await controlOf(cancelled)).toBe("no-cache");
    await api("POST", `/api/v1/decisions/${cancelled}/cancel`, { key: adminKey });
    await close(closed);
    stopClockAt(Date.now() + 2_000);
    expect(await controlOf(cancelled)).toBe("no-cache");
    expect(await controlOf(closed)).toBe("public, max-age=1");
  });

  it("of one region answers 304 too", async () => {
    const id = await openedDecision();
    const path = `/api/v1/decisions/${id}/results/north`;
    const etag = (await send("GET", path)).headers.get("etag") ?? "";
    expect((await send("GET", path, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("changes with every vote and every step of the decision's life", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await draftDecision();
    const versions = [(await readResults(id, null, adminKey)).body.version];
    let moment = start;
    const steps = [
      () => api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey }),
      () => castBatch(id, votesOf(1, "yes", "north")),
      () => castBatch(id, votesOf(1, "no", "north")),
      () => close(id),
    ];
    for (const step of steps) {
      await step();
      moment += 2_000;
      stopClockAt(moment);
      versions.push((await readResults(id)).body.version);
    }
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(versions.length).toBe(5);
  });

  it("changes when a draft's regions do, since the results list them", async () => {
    const id = await draftDecision();
    const before = await readResults(id, null, adminKey);
    const body = { regions: [{ code: "east" }] };
    await api("PATCH", `/api/v1/decisions/${id}`, { key: adminKey, body });
    stopClockAt(Date.now() + 5_000);
    const after = await readResults(id, before.headers.get("etag") ?? "", adminKey);
    expect(after.status).toBe(200);
    expect(after.body.regions).toMatchObject([{ region: "east" }]);
  });
});
