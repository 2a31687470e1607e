import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { certified } from "../../../support/worker/published.ts";
import { auditOf, recordOf, type BallotBody } from "../../../support/worker/record.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

/** A certified decision of three shards, with as many ballots of each of its two regions. */
async function certifiedDecision(ballotsARegion: number): Promise<string> {
  const id = await openedDecision({ shards: 3 });
  for (const region of ["north", "south"])
    await castBatch(id, votesOf(ballotsARegion, "yes", region, region));
  await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
  return certified(id);
}

const remove = (id: string, where = "true") =>
  env.DB.prepare(`DELETE FROM votes WHERE decision_id = ? AND ${where}`).bind(id).run();

const exported = async (id: string) =>
  new TextDecoder().decode(
    await (await send("GET", `/api/v1/decisions/${id}/export`)).arrayBuffer(),
  );

describe("a decision of which the database has lost ballots", () => {
  it("is published whole all the same, and leaves its record as it was", async () => {
    const id = await certifiedDecision(30);
    const [text, record] = [await exported(id), await recordOf(id)];
    expect(text.split("\n")).toHaveLength(61);
    await remove(id);
    expect(await exported(id)).toBe(text);
    expect(await recordOf(id)).toEqual(record);
  });

  it("shows an auditor how far each shard's rows came, also of a shard that has lost all", async () => {
    const id = await certifiedDecision(30);
    const before = (await auditOf(id)).database.shards;
    await remove(id, "shard = 1");
    const after = (await auditOf(id)).database.shards;
    expect(after).toEqual(
      before.map((each) => (each.shard === 1 ? { ...each, ballots: 0 } : each)),
    );
  });

  it("has its rows again once an administrator has rebuilt it", async () => {
    const id = await certifiedDecision(30);
    const listed = () => walkPages<BallotBody>(`/api/v1/decisions/${id}/votes/received`, 7);
    const before = await listed();
    expect(before).toHaveLength(60);
    await remove(id, "region = 'north'");
    expect(await listed()).toHaveLength(30);
    const path = `/api/v1/decisions/${id}/rebuild`;
    expect((await api("POST", path, { key: adminKey })).status).toBe(202);
    await eventually(`the rows of ${id}`, async () =>
      (await listed()).length === 60 ? true : null,
    );
    expect(await listed()).toEqual(before);
  });
});
