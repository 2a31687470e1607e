import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { reportToRoom, roomOf } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import type { TallyBody } from "../../../support/worker/record.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";

afterEach(releaseClock);

/** An open decision of one region, whose two votes its room has not heard of, with the clock stopped at `start`. */
async function twoVotesAgainst(): Promise<{ id: string; region: string; start: number }> {
  const start = Date.now();
  stopClockAt(start);
  const region = `region-${crypto.randomUUID()}`;
  const id = await openedDecision({ regions: [{ code: region }] });
  await castBatch(id, votesOf(2, "no", region));
  return { id, region, start };
}

describe("a region's results over all decisions", () => {
  const idsOf = (items: Item[]) => items.map((item) => item.decision_id);
  type Item = { decision_id: string; total: TallyBody };

  it("come a page at a time by decision, none twice and none missing, also while others close", async () => {
    const region = `region-${crypto.randomUUID()}`;
    const regions = [{ code: region }, { code: "elsewhere" }];
    const closeOne = async (votes: number) => {
      const id = await openedDecision({ regions });
      await castBatch(id, votesOf(votes, "yes", region));
      await takeStep(id, "close");
      return id;
    };
    const ids: string[] = [];
    for (let votes = 1; votes <= 5; votes += 1) ids.push(await closeOne(votes));
    const counted = new Map(ids.map((id, index) => [id, index + 1]));

    const path = `/api/v1/regions/${region}/results`;
    const seen = await walkPages<Item>(path, 2, async ({ length }) => {
      if (length === 2) await closeOne(1);
    });

    const known = seen.filter((item) => counted.has(item.decision_id));
    expect(idsOf(known)).toEqual(ids.toSorted());
    expect(new Set(idsOf(seen)).size).toBe(seen.length);
    for (const { decision_id, total } of known)
      expect(total.ballots).toBe(counted.get(decision_id));
  });

  it("say of a rehearsal that it is one", async () => {
    const region = `region-${crypto.randomUUID()}`;
    const found = new Map<string, unknown>();
    for (const rehearsal of [true, false]) {
      const id = await openedDecision({ regions: [{ code: region }], rehearsal });
      await castBatch(id, votesOf(1, "yes", region));
      await takeStep(id, "close");
      found.set(id, rehearsal);
    }
    const listed = await walkPages<Item & { rehearsal: boolean }>(
      `/api/v1/regions/${region}/results`,
      2,
    );
    expect(new Map(listed.map((item) => [item.decision_id, item.rehearsal]))).toEqual(found);
  });

  it("follow an open decision from a distance, and say that they are not final", async () => {
    const { id, region, start } = await twoVotesAgainst();
    await reportToRoom(id);
    stopClockAt(start + 15_000);
    await runDurableObjectAlarm(roomOf(id));
    stopClockAt(start + 18_000);
    type Live = Item & { final: boolean; as_of: string; age_ms: number };
    const { body } = await api<{ items: Live[] }>("GET", `/api/v1/regions/${region}/results`);
    const [item] = body.items;
    expect(item).toMatchObject({ decision_id: id, final: false });
    expect(item?.age_ms).toBeGreaterThanOrEqual(3_000);
    expect(Date.parse(item?.as_of ?? "") + (item?.age_ms ?? 0)).toBe(start + 18_000);
    expect(body.items).toMatchObject([{ total: { ballots: 2, no: { ballots: 2 } } }]);
  });

  it("follow an open decision also where a reader's GET told the room before the shard did", async () => {
    const { id, region, start } = await twoVotesAgainst();
    stopClockAt(start + 2_000);
    expect((await readAfresh(id)).body.total.ballots).toBe(2);
    await reportToRoom(id);
    stopClockAt(start + 20_000);
    await runDurableObjectAlarm(roomOf(id));
    const { body } = await api("GET", `/api/v1/regions/${region}/results`);
    expect(body).toMatchObject({ items: [{ decision_id: id, total: { ballots: 2 } }] });
  });

  it("follow an open decision also where the room slept before it wrote them down", async () => {
    const { id, region, start } = await twoVotesAgainst();
    await reportToRoom(id);
    await evictDurableObject(roomOf(id));
    stopClockAt(start + 20_000);
    await runDurableObjectAlarm(roomOf(id));
    const { body } = await api("GET", `/api/v1/regions/${region}/results`);
    expect(body).toMatchObject({ items: [{ decision_id: id, total: { ballots: 2 } }] });
  });

  it("of a region that no decision has are an empty list", async () => {
    const { body } = await api("GET", "/api/v1/regions/nowhere-at-all/results");
    expect(body).toEqual({ items: [], next: null });
  });

  it("refuse a page size out of range and a cursor that is not theirs", async () => {
    const foreign = Buffer.from(JSON.stringify({ shard: 0, seq: 1 })).toString("base64url");
    for (const query of [
      "per_page=0",
      "per_page=101",
      "per_page=x",
      `after=${foreign}`,
      "after=%",
    ]) {
      await refused("GET", `/api/v1/regions/north/results?${query}`, {}, 400, "query.invalid");
    }
  });
});
