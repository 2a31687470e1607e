import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { d1Usage } from "../../../bench/price/price-of-million-votes.ts";
import { d1Ballots } from "../../../src/database/d1/ballots.ts";
import type { ShardBallot } from "../../../src/database/database.ts";

const [shards, ballotsARecord] = [25, 40];

/** D1, and what it says that its batches have written and read. */
function meteredD1() {
  const rows = { written: 0, read: 0 };
  const batch = async (statements: D1PreparedStatement[]): Promise<D1Result[]> => {
    const results = await env.DB.batch(statements);
    for (const { meta } of results) {
      rows.written += meta.rows_written;
      rows.read += meta.rows_read;
    }
    return results;
  };
  // As much of it as the writer calls.
  const db = { prepare: (sql: string) => env.DB.prepare(sql), batch } as unknown as D1Database;
  return { db, rows };
}

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
  const { db, rows } = meteredD1();
  const store = d1Ballots(db);
  // The first makes the rows of progress that later ones change.
  await store.applyBallots(recordsOf(0));
  const before = { ...rows };
  await store.applyBallots(recordsOf(1));
  const ballots = shards * ballotsARecord;
  const { rowsWrittenABallot, rowsWrittenARecord, rowsReadABallot, rowsReadARecord } = d1Usage;
  expect({ written: rows.written - before.written, read: rows.read - before.read }).toEqual({
    written: rowsWrittenABallot * ballots + rowsWrittenARecord * shards,
    read: rowsReadABallot * ballots + rowsReadARecord * shards,
  });
});
