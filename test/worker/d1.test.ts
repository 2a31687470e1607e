import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";

import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { emptyRegionTally } from "../../src/ballot/tally.ts";
import { bulkStatements } from "../../src/database/d1/bulk-statements.ts";
import { d1Database } from "../../src/database/d1/d1.ts";
import { ballotsQuery, decisionsQuery, regionalResultsQuery } from "../../src/database/d1/reads.ts";

const orm = drizzle(env.DB);
const database = d1Database(env.DB);

async function planOf(query: { sql: string; params?: unknown[] }): Promise<string> {
  const statement = env.DB.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).bind(...(query.params ?? []));
  const { results } = await statement.all<{ detail: string }>();
  return results.map((row) => row.detail).join("\n");
}

describe("the hot queries", () => {
  const after = { createdAt: 5, id: "x" };
  it.each([
    [
      "the newest decisions",
      decisionsQuery(orm, null, null, 20).toSQL(),
      ["INDEX decisions_by_creation"],
    ],
    [
      "a later page of decisions",
      decisionsQuery(orm, null, after, 20).toSQL(),
      ["INDEX decisions_by_creation ((created_at,id)<(?,?))"],
    ],
    [
      "decisions of a status",
      decisionsQuery(orm, "open", after, 20).toSQL(),
      ["INDEX decisions_by_status (status=? AND (created_at,id)<(?,?))"],
    ],
    [
      "a page of ballots",
      ballotsQuery(orm, "d", { shard: 1, seq: 9 }, 20).toSQL(),
      ["votes USING PRIMARY KEY (decision_id=? AND (shard,seq)>(?,?))"],
    ],
    [
      "a region's results",
      regionalResultsQuery(orm, "north", "d", 20).toSQL(),
      ["regional_results USING PRIMARY KEY (region=? AND decision_id>?)", "SEARCH decisions USING"],
    ],
    [
      "the progress of shards",
      { sql: bulkStatements.readProgress, params: ["[]"] },
      ["SEARCH known USING PRIMARY KEY (decision_id=? AND shard=?)"],
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

describe("the progress of a shard", () => {
  /** Batches of the ballots 1 to 24 as a log may deliver them: twice, torn, in any order. */
  const delivered = fc.array(
    fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 12 }),
    { minLength: 1, maxLength: 12 },
  );

  it("is the last ballot before the first gap, whatever arrives in whatever order", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(delivered, async (batches) => {
        run += 1;
        const there = new Set<number>();
        for (const seqs of batches) {
          for (const seq of seqs) there.add(seq);
          const [progress] = await database.applyBallots(seqs.map((seq) => ballotOf(run, seq)));
          let gapless = 0;
          while (there.has(gapless + 1)) gapless += 1;
          expect(progress?.appliedSeq ?? 0).toBe(gapless);
        }
      }),
      { numRuns: 40 },
    );
  });

  const ballotOf = (run: number, seq: number) => ({
    decisionId: `progress-${run}`,
    shard: 0,
    seq,
    pid: `voter-${seq}`,
    choice: "yes" as const,
    region: "",
    weight: 1,
    acceptedAt: 1,
  });
});

describe("a decision's row", () => {
  const row = {
    id: "row-test",
    title: "First",
    status: "draft" as const,
    createdAt: 7,
    document: '{"title":"First"}',
    revision: 1,
  };
  it("is never overwritten by an older revision, and comes back unharmed when it is projected twice", async () => {
    await database.project({ ...row, title: "Third", document: "{}", revision: 3 }, []);
    await database.project({ ...row, title: "Second", revision: 2 }, []);
    await database.project({ ...row, title: "Third again", revision: 3 }, []);
    const stored = await env.DB.prepare(
      "SELECT title, revision FROM decisions WHERE id = 'row-test'",
    ).first();
    expect(stored).toEqual({ title: "Third", revision: 3 });
  });
});

describe("regional results", () => {
  it("follow the newest version, and keep weights beyond 2^53 exact", async () => {
    const tally = emptyRegionTally();
    tally.yes = { ballots: 2_000_000, weight: 2_000_000_000_000_000_001n };
    const result = {
      decisionId: "wide",
      region: "basin",
      version: 9,
      asOf: 1,
      isFinal: true,
      tally,
    };
    const row = {
      id: "wide",
      title: "Wide",
      status: "closed" as const,
      createdAt: 1,
      document: "{}",
      revision: 1,
    };
    await database.project(row, [result]);
    await database.project(row, [{ ...result, version: 8, tally: emptyRegionTally() }]);
    const page = await database.listRegionalResults({ region: "basin", after: null, perPage: 5 });
    expect(page.items).toEqual([{ ...result, title: "Wide", status: "closed" }]);
  });
});

describe("dead letters", () => {
  it("are one letter a ballot, with the newest cause and all retries", async () => {
    const letter = {
      place: "dead:0:4",
      body: "b",
      decisionId: "dead",
      shard: 0,
      seq: 4,
      cause: "first",
      retries: 3,
      at: 1,
    };
    await database.keepDeadLetters([letter]);
    await database.keepDeadLetters([{ ...letter, cause: "second", at: 2 }]);
    expect(await database.countDeadLetters("dead")).toBe(1);
    const stored = await env.DB.prepare(
      "SELECT cause, retries FROM dead_letters WHERE decision_id = 'dead'",
    ).first();
    expect(stored).toEqual({ cause: "second", retries: 6 });
  });
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
