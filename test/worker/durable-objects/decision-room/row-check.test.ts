import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { d1Database } from "../../../../src/database/d1/d1.ts";
import type { ShardBallot } from "../../../../src/database/database.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { firstAdmin } from "../../../support/worker/keys.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const database = d1Database(env.DB);

async function storedRows(decisionId: string): Promise<ShardBallot[]> {
  return (await database.listBallots({ decisionId, after: null, perPage: 1_000 })).items;
}

/** As if another deployment had written into the table. */
function strangers(decisionId: string, shard: number, seqs: number[]): ShardBallot[] {
  return seqs.map((seq) => ({
    decisionId,
    shard,
    seq,
    pid: `stranger-${seq}`.padEnd(22, "s"),
    choice: "no",
    region: "north",
    weight: 1,
    acceptedAt: 1_700_000_000_000,
  }));
}

describe.each([1, 2])("a rebuild of a decision of %i shards", (shards) => {
  it("replaces rows that are not the record's, removes those that it has not, and then certifies", async () => {
    const id = await openedDecision({ shards });
    // In the places of ballots, beyond the end of a shard, and in a shard that there is not.
    await database.applyBallots([
      ...strangers(id, 0, [1, 2, 3, 90, 91]),
      ...strangers(id, 7, [1, 2]),
    ]);
    await castBatch(id, votesOf(40, "yes", "north"));
    await takeStep(id, "close");
    await roomOf(id).rebuild(firstAdmin);
    await eventually("certified", async () =>
      (await readDecision(id)).body.status === "certified" ? true : null,
    );
    const rows = await storedRows(id);
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ pid }) => pid.startsWith("stranger"))).toEqual([]);
    await expectLogged("room.foreign_rows", { decision: id });
  });

  it("changes no row where all of them are the record's", async () => {
    const id = await openedDecision({ shards });
    await castBatch(id, votesOf(30, "yes", "north"));
    const before = await eventually("all rows", async () => {
      const rows = await storedRows(id);
      return rows.length === 30 ? rows : null;
    });
    await roomOf(id).rebuild(firstAdmin);
    expect(await storedRows(id)).toEqual(before);
  });
});
