import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import { countInPortions, type PortionCount } from "../../../src/database/count-in-portions.ts";
import { projectedStatements } from "../../../src/database/d1/projected.ts";

const migration = new URL("../../../migrations/d1/0000_tables.sql", import.meta.url);

/** D1's own statement over SQLite, with as many rows in shard 0, 1, … as `sizes` says. */
function tableOf(sizes: readonly number[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(readFileSync(migration, "utf8"));
  const insert = database.prepare("INSERT INTO votes VALUES (?, ?, ?, 'p', 'yes', '', 1, 0)");
  for (const [shard, rows] of sizes.entries()) {
    for (let seq = 1; seq <= rows; seq += 1) insert.run("wanted", shard, seq * 7);
  }
  insert.run("another", 0, 1);
  return database;
}

it("counts every row of each shard once, however portions and shards fall on each other", async () => {
  const sizes = fc.array(fc.nat(9), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 8 }), async (rows, rowsMax) => {
      const database = tableOf(rows);
      const portion = database.prepare(projectedStatements.countedPortion);
      let statements = 0;
      const counts = await countInPortions(async ({ shard, seq }, max) => {
        statements += 1;
        // The statement names its columns so.
        return portion.all("wanted", shard, seq, max) as unknown as PortionCount[];
      }, rowsMax);
      const expected = [...rows.entries()].filter(([, count]) => count > 0);
      expect([...counts]).toEqual(expected);
      const total = rows.reduce((sum, count) => sum + count, 0);
      expect(statements).toBe(Math.floor(total / rowsMax) + 1);
    }),
    { numRuns: 50 },
  );
});
