import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { d1Projected } from "../../../src/database/d1/projected.ts";

const migration = new URL("../../../migrations/d1/0000_tables.sql", import.meta.url);

/** The tables of D1 with ballots of more weight than any has: a few stand for millions. */
function databaseWith(weights: readonly bigint[]): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(readFileSync(migration, "utf8"));
  database.exec("PRAGMA ignore_check_constraints = ON");
  const insert = database.prepare("INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (const [index, weight] of weights.entries()) {
    insert.run("heavy", 0, index + 1, `pid-${index}`, "yes", "north", weight, 0);
  }
  return database;
}

/** The part of D1 that reads need, over SQLite itself. */
function asD1(database: DatabaseSync): Parameters<typeof d1Projected>[0] {
  const prepare = (statement: string) => ({
    bind: (...parameters: SQLInputValue[]) => ({
      all: async () => ({ results: database.prepare(statement).all(...parameters) }),
    }),
  });
  return { prepare };
}

describe("weights in D1", () => {
  it("are summed exactly where the sum passes 64 bits, as from 9.2 million ballots of 10^12", async () => {
    const weights = [9n * 10n ** 18n + 1n, 9n * 10n ** 18n + 999_999n, 7n, 10n ** 12n];
    const sum = weights.reduce((a, b) => a + b, 0n);
    const reads = d1Projected(asD1(databaseWith(weights)));
    const { shards } = await reads.readRecounted("heavy", ["north"]);
    expect(shards[0]?.tally.get("north")?.yes).toEqual({ ballots: 4, weight: sum });
  });
});
