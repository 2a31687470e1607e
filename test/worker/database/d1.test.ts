import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { describe, expect, inject, it } from "vitest";
import type { DecisionCursor } from "../../../src/database/database.ts";
import { bulkStatements } from "../../../src/database/d1/bulk-statements.ts";
import { projectedStatements } from "../../../src/database/d1/projected.ts";
import { d1Queries } from "../../../src/database/d1/reads.ts";

const orm = drizzle(env.DB);

async function planOf(query: { sql: string; params?: unknown[] }): Promise<string> {
  const statement = env.DB.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).bind(...(query.params ?? []));
  const { results } = await statement.all<{ detail: string }>();
  return results.map((row) => row.detail).join("\n");
}

const decisionsOf = (
  status: "open" | null,
  after: DecisionCursor | null,
  audience: string | null = null,
) => ({
  status,
  audience,
  after,
  perPage: 19,
});

describe("the hot queries", () => {
  const after = { createdAt: 5, id: "x" };
  it.each([
    [
      "the newest decisions",
      d1Queries.decisions(orm, decisionsOf(null, null), 20).toSQL(),
      ["INDEX decisions_by_creation"],
    ],
    [
      "a later page of decisions",
      d1Queries.decisions(orm, decisionsOf(null, after), 20).toSQL(),
      ["INDEX decisions_by_creation ((created_at,id)<(?,?))"],
    ],
    [
      "decisions of a status",
      d1Queries.decisions(orm, decisionsOf("open", after), 20).toSQL(),
      ["INDEX decisions_by_status (status=? AND (created_at,id)<(?,?))"],
    ],
    [
      "decisions for everybody",
      d1Queries.decisions(orm, decisionsOf(null, after, "everybody"), 20).toSQL(),
      ["INDEX decisions_by_audience (audience=? AND (created_at,id)<(?,?))"],
    ],
    [
      "decisions of a status for everybody",
      d1Queries.decisions(orm, decisionsOf("open", after, "everybody"), 20).toSQL(),
      [
        "INDEX decisions_by_audience_and_status (audience=? AND status=? AND (created_at,id)<(?,?))",
      ],
    ],
    [
      "decisions of an owner",
      d1Queries.decisions(orm, { ...decisionsOf(null, after), owner: "o" }, 20).toSQL(),
      ["INDEX decisions_by_owner (owner=? AND (created_at,id)<(?,?))"],
    ],
    [
      "decisions of a status of an owner",
      d1Queries.decisions(orm, { ...decisionsOf("open", after), owner: "o" }, 20).toSQL(),
      ["INDEX decisions_by_owner_and_status (owner=? AND status=? AND (created_at,id)<(?,?))"],
    ],
    [
      "a page of ballots",
      d1Queries
        .ballots(orm, { decisionId: "d", after: { shard: 1, seq: 9 }, perPage: 19 }, 20)
        .toSQL(),
      ["votes USING PRIMARY KEY (decision_id=? AND (shard,seq)>(?,?))"],
    ],
    [
      "ballots of a region",
      d1Queries
        .ballots(
          orm,
          {
            decisionId: "d",
            after: { shard: 1, seq: 9 },
            until: { shard: 2, seq: 9 },
            region: "north",
            perPage: 19,
          },
          20,
        )
        .toSQL(),
      ["votes USING PRIMARY KEY (decision_id=? AND (shard,seq)>(?,?) AND (shard,seq)<(?,?))"],
    ],
    [
      "the ballot after some others",
      d1Queries.ballotAt(orm, { decisionId: "d", after: { shard: 1, seq: 9 } }, 99).toSQL(),
      ["votes USING PRIMARY KEY (decision_id=? AND (shard,seq)>(?,?))"],
    ],
    [
      "a region's results",
      d1Queries.regionalResults(orm, { region: "north", after: "d", perPage: 19 }, 20).toSQL(),
      ["regional_results USING PRIMARY KEY (region=? AND decision_id>?)", "SEARCH decisions USING"],
    ],
    [
      "the progress of shards",
      { sql: bulkStatements.readProgress, params: ["[]"] },
      ["SEARCH known USING PRIMARY KEY (decision_id=? AND shard=?)"],
    ],
    [
      "all of a decision",
      { sql: projectedStatements.summary, params: ["d", "[]"] },
      [
        "shard_progress USING PRIMARY KEY (decision_id=?)",
        "dead_letters USING INDEX dead_letters_by_decision (decision_id=?)",
        "landed USING PRIMARY KEY (decision_id=? AND shard=? AND seq=?)",
        "regional_results USING PRIMARY KEY (region=? AND decision_id=?)",
      ],
    ],
    [
      "a portion of a count",
      { sql: projectedStatements.countedPortion, params: ["d", 0, 9, 100] },
      ["votes USING PRIMARY KEY (decision_id=? AND (shard,seq)>(?,?))"],
    ],
    [
      "the end of a run of ballots",
      { sql: bulkStatements.advanceProgress, params: ["[]"] },
      [
        "SEARCH early USING PRIMARY KEY (decision_id=? AND shard=? AND seq>?)",
        "SEARCH following USING PRIMARY KEY (decision_id=? AND shard=? AND seq=?)",
      ],
    ],
  ])("for %s go through an index and sort nothing", async (_, query, parts) => {
    const plan = await planOf(query);
    for (const part of parts) expect(plan).toContain(part);
    expect(plan).not.toContain("TEMP B-TREE");
    expect(plan).not.toMatch(/SCAN (votes|decisions|regional_results|shard_progress)\b(?!.*INDEX)/);
  });
});

describe("counting a decision's ballots again", () => {
  it.each([["all", projectedStatements.recounted, ["d", "[]"], "decision_id=?"]])(
    "reads %s by the key once, and sorts what it has read alone",
    async (_, sql, params, by) => {
      const plan = await planOf({ sql, params });
      // An index of pids would be a row written a ballot.
      expect(plan.match(/.*\bvotes\b.*/g)).toEqual([`SEARCH votes USING PRIMARY KEY (${by})`]);
      expect(plan).not.toMatch(/SCAN (regional_results|shard_progress)\b(?!.*INDEX)/);
    },
  );
});

describe("the migrations", () => {
  it("can be applied up to any of them, and then to the end", async () => {
    const migrations = inject("migrations");
    const tables = await env.DB.prepare(
      "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name",
    ).all();
    for (let prefix = 0; prefix <= migrations.length; prefix += 1) {
      await dropEverything();
      for (const part of [migrations.slice(0, prefix), migrations.slice(prefix)]) {
        for (const migration of part) {
          await env.DB.batch(migration.queries.map((query) => env.DB.prepare(query)));
        }
      }
      const again = await env.DB.prepare(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name",
      ).all();
      const ours = tables.results.filter(({ name }) => name !== "d1_migrations");
      expect(again.results.filter(({ name }) => name !== "d1_migrations")).toEqual(ours);
    }
  });
});

async function dropEverything(): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'",
  ).all<{ name: string }>();
  await env.DB.batch(results.map(({ name }) => env.DB.prepare(`DROP TABLE "${name}"`)));
}
