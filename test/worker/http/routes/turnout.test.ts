import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { decisionsPath, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { roomOf, runRoomAlarm } from "../../../support/worker/objects.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { draftWithRoll } from "../../../support/worker/rolls.ts";
import { refused } from "../../../support/worker/problems.ts";

afterEach(releaseClock);

type Series = {
  shows: string;
  version: number;
  electorate?: { voters: number };
  points: { at: string; voters: number; weight: string }[];
};

const pathOf = (id: string) => `${decisionsPath}/${id}/turnout`;

async function seriesOf(id: string): Promise<Series> {
  const { status, body } = await api<Series>("GET", pathOf(id), { afresh: true });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const votersIn = ({ points }: Series) => points.map(({ voters }) => voters);

let voted = 0;
/** So many vote, and a minute later the room has noted it. */
async function voteAndWait(id: string, votes: number): Promise<void> {
  voted += 1;
  await castBatch(id, votesOf(votes, "yes", "north", `voter-${voted}`));
  await runRoomAlarm(id);
  stopClockAt(Date.now() + limits.listedResultDelayMs);
  await runDurableObjectAlarm(roomOf(id));
}

describe("how turnout grew", () => {
  it("is a point a minute where it moved, and what results show now", async () => {
    stopClockAt(Date.now());
    const id = await openedDecision({ visibility: "turnout" });
    for (const votes of [2, 3, 1]) await voteAndWait(id, votes);
    expect(votersIn(await seriesOf(id))).toEqual([2, 5, 6]);
    await voteAndWait(id, 0);
    expect(votersIn(await seriesOf(id))).toEqual([2, 5, 6]);
    await castBatch(id, votesOf(1, "no", "south", "late"));
    await runRoomAlarm(id);
    stopClockAt(Date.now() + 2_000);
    const series = await seriesOf(id);
    expect(votersIn(series)).toEqual([2, 5, 6, 7]);
    const { body } = await readAfresh(id);
    expect(series).toMatchObject({ shows: "turnout", version: body.version });
    expect(series.points.at(-1)?.at).toBe(body.as_of);
  });

  it("is the same after the room was evicted, and ends with the close", async () => {
    stopClockAt(Date.now());
    const id = await openedDecision({ visibility: "live" });
    for (const votes of [1, 2]) await voteAndWait(id, votes);
    const before = await seriesOf(id);
    await evictDurableObject(roomOf(id));
    expect((await seriesOf(id)).points).toEqual(before.points);
    await castBatch(id, votesOf(1, "no", "south", "last"));
    stopClockAt(Date.now() + 5_000);
    await takeStep(id, "close");
    const ended = await seriesOf(id);
    expect(votersIn(ended)).toEqual([1, 3, 4]);
    expect(ended.points.slice(0, 2)).toEqual(before.points.slice(0, 2));
  });

  it("has no point that no release said, outside roll calls", async () => {
    stopClockAt(Date.now());
    const given = { visibility: "live", disclosure: "pseudonymous", release_min: 2, regions: [] };
    const id = await openedDecision(given);
    const shown = new Set<string>();
    for (let vote = 0; vote < 9; vote += 1) {
      voted += 1;
      await castBatch(id, [{ voter_id: `one-${voted}`, vote: "yes" }]);
      const { body } = await readAfresh(id);
      shown.add(`${body.as_of} ${body.total.ballots}`);
      await voteAndWait(id, 0);
      const { points } = await seriesOf(id);
      for (const { at, voters } of points) expect(shown).toContain(`${at} ${voters}`);
    }
    // Frozen at 2, 4, 6 and 8, and shown one behind; before the first nobody is shown.
    expect(votersIn(await seriesOf(id))).toEqual([0, 2, 4, 6]);
  });

  it("has nothing before the end of a sealed decision, and its end alone after it", async () => {
    stopClockAt(Date.now());
    const id = await openedDecision({ visibility: "sealed" });
    for (const votes of [2, 3]) await voteAndWait(id, votes);
    expect(await seriesOf(id)).toMatchObject({ shows: "nothing", points: [] });
    await takeStep(id, "close");
    expect(votersIn(await seriesOf(id))).toEqual([5]);
  });

  it("has the electorate beside it where there is a roll, and an ETag that is its version", async () => {
    const id = await draftWithRoll("voter_id,region,weight\nana,north,1");
    await takeStep(id, "open");
    const read = await send("GET", pathOf(id), { afresh: true });
    const body = await read.json<Series>();
    expect(body.electorate?.voters).toBeGreaterThan(0);
    const etag = read.headers.get("etag") ?? "";
    expect(etag).toBe(`W/"${body.version}"`);
    const again = await send("GET", pathOf(id), { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
  });

  it("is not there of a draft but for its owner, nor of what there is not", async () => {
    const id = await draftDecision();
    await refused("GET", pathOf(id), {}, 404, "decision.not_found");
    await refused("GET", pathOf("nowhere"), {}, 404, "decision.not_found");
  });
});
