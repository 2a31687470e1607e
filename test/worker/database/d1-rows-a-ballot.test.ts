import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1Usage } from "../../../src/planner/units-a-vote.ts";
import { d1Ballots } from "../../../src/database/d1/ballots.ts";
import type { ShardBallot } from "../../../src/database/database.ts";
import { meteredD1 } from "../../support/worker/metered-d1.ts";

const [shards, ballotsARecord] = [25, 40];

/** A record of each shard, whose ballots are like no others. */
function recordsOf(turn: number): ShardBallot[] {
  return Array.from({ length: shards * ballotsARecord }, (_, at) => ({
    decisionId: "rows-a-ballot",
    shard: Math.floor(at / ballotsARecord),
    seq: turn * ballotsARecord + (at % ballotsARecord) + 1,
    pid: `${turn}-${at}`.padEnd(22, "A"),
    choice: "yes" as const,
    region: "",
    weight: at + 1,
    acceptedAt: 1,
  }));
}

it("D1 writes a row for a ballot and one for a record, and reads as few as prices rest on", async () => {
  const { db, rows } = meteredD1(env.DB);
  const store = d1Ballots(db);
  // The first makes the rows of progress that later ones change.
  await store.applyBallots(recordsOf(0));
  const before = { ...rows };
  await store.applyBallots(recordsOf(1));
  const ballots = shards * ballotsARecord;
  const { rowsWrittenABallot, rowsWrittenARecord } = d1Usage;
  const { rowsReadABallot, rowsReadAKind, rowsReadARecord } = d1Usage;
  expect({ written: rows.written - before.written, read: rows.read - before.read }).toEqual({
    written: rowsWrittenABallot * ballots + rowsWrittenARecord * shards,
    read: (rowsReadABallot + rowsReadAKind) * ballots + rowsReadARecord * shards,
  });
});
