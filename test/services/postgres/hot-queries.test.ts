import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import type { DecisionCursor, ShardBallot } from "../../../src/database/database.ts";
import { postgresBallots } from "../../../src/database/postgres/ballots.ts";
import { deadLettersQuery } from "../../../src/database/postgres/dead-letters.ts";
import { readDecisionPartitions } from "../../../src/database/postgres/decision-partitions.ts";
import { countsQuery, recountQuery } from "../../../src/database/postgres/projected.ts";
import { postgresQueries } from "../../../src/database/postgres/reads.ts";
import { connectionPerCall } from "../../../src/database/postgres/session.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";

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
const quarters = [Date.UTC(2026, 6, 2), Date.UTC(2026, 10, 2)];
const [summer = 0, autumn = 0] = quarters;
const regions = ["north", "south", "east"];
const ballotsEach = 3_000;

/** `north` in autumn is where the decision `wanted` is; `others` is everywhere, and larger. */
describe("the hot queries of Postgres", () => {
  let under: TestDatabase;
  let client: Client;
  let orm: NodePgDatabase;
  let home = "";

  beforeAll(async () => {
    under = await createTestDatabase();
    const store = postgresBallots(connectionPerCall(under.workerUrl));
    await store.applyBallots(ballots("wanted", 0, ["north"], autumn));
    await store.applyBallots(ballots("others", 0, regions, summer));
    await store.applyBallots(ballots("others", 1, regions, autumn));
    await withClient(under.superuserUrl, (superuser) => superuser.query(manyRows));
    // As superuser: only they may have a plan told from within a function.
    client = new Client({ connectionString: under.superuserUrl });
    await client.connect();
    orm = drizzle(client);
    const { rows } = await client.query("SELECT vote_region_partition('north') AS home");
    home = rows[0]?.home ?? "";
  });
  afterAll(async () => {
    await client.end();
    await under.drop();
  });

  async function planOf({ sql, params }: { sql: string; params: unknown[] }): Promise<string> {
    const { rows } = await client.query(`EXPLAIN ${sql}`, params);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  }

  function expectOnePartition(plan: string): void {
    const partitions = plan.match(/votes_[0-9a-f]{32}_\d{4}q\d/g) ?? [];
    expect(new Set(partitions)).toEqual(new Set([`${home}_2026q4`]));
    expect(plan).not.toContain("votes_other");
    expect(plan).not.toMatch(/Seq Scan on (votes|shard_progress|decision_partitions)/);
  }

  it("for a page of ballots seek in the key of the decision's own partition, and sort nothing", async () => {
    const partitions = await readDecisionPartitions(orm, "wanted");
    expect(partitions).not.toBeNull();
    if (partitions === null) return;
    const plan = await planOf(
      postgresQueries.ballots(orm, { partitions, after: { shard: 0, seq: 9 } }, 100).toSQL(),
    );
    expectOnePartition(plan);
    expect(plan).toMatch(/Index Scan using \w+_pkey/);
    expect(plan).toContain("(ROW(shard, seq) > ROW(0, '9'::bigint))");
    expect(plan).not.toContain("Sort");
  });

  it("for ballots of a choice read no more of the decision's own partition than is looked at", async () => {
    const partitions = await readDecisionPartitions(orm, "wanted");
    if (partitions === null) throw new Error("there are ballots");
    const range = { after: { shard: 0, seq: 9 }, until: { shard: 0, seq: 90 } };
    const plan = await planOf(
      postgresQueries.ballots(orm, { partitions, ...range, choice: "yes" }, 100).toSQL(),
    );
    expectOnePartition(plan);
    expect(plan).toMatch(
      /Index Cond: .*ROW\(shard, seq\) > ROW\(0, '9'::bigint\).*ROW\(shard, seq\) <= ROW\(0, '90'::bigint\)/,
    );
    const last = await planOf(
      postgresQueries.ballotAt(orm, { partitions, after: range.after }, 100).toSQL(),
    );
    expectOnePartition(last);
    expect(last).toMatch(/Index (Only )?Scan using \w+_pkey/);
    expect(last).not.toContain("Sort");
  });

  it("for pages over several partitions merge them in the order of their keys", async () => {
    const partitions = await readDecisionPartitions(orm, "others");
    if (partitions === null) throw new Error("there are ballots");
    const plan = await planOf(
      postgresQueries.ballots(orm, { partitions, after: { shard: 0, seq: 9 } }, 100).toSQL(),
    );
    expect(plan).toContain("Merge Append");
    expect(plan).not.toMatch(/Seq Scan|\bSort\b  /);
  });

  it("for an audit's counts look into the decision's own partition alone", async () => {
    const partitions = await readDecisionPartitions(orm, "wanted");
    if (partitions === null) throw new Error("there are ballots");
    const plan = await planOf(
      countsQuery(orm, partitions, { after: { shard: 0, seq: 9 }, max: 100 }).toSQL(),
    );
    const named = plan.match(/votes_[0-9a-f]{32}_\d{4}q\d/g) ?? [];
    expect(new Set(named)).toEqual(new Set([`${home}_2026q4`]));
    expect(plan).not.toContain("Seq Scan on votes");
  });

  it("for counting a decision's ballots again read its own partition alone, once", async () => {
    const partitions = await readDecisionPartitions(orm, "wanted");
    if (partitions === null) throw new Error("there are ballots");
    const plan = await planOf(recountQuery(orm, partitions).toSQL());
    expectOnePartition(plan);
    expect(plan.match(/ on votes_\w+ votes/g) ?? []).toHaveLength(1);
  });

  const after = { createdAt: 2_500, id: "x" };
  it.each([
    [
      "the newest decisions",
      () => postgresQueries.decisions(orm, decisionsOf(null, null), 20).toSQL(),
      ["Index Scan Backward using decisions_by_creation"],
    ],
    [
      "a later page of decisions",
      () => postgresQueries.decisions(orm, decisionsOf(null, after), 20).toSQL(),
      ["decisions_by_creation", "Index Cond: (ROW(created_at, id) < ROW("],
    ],
    [
      "decisions of a status",
      () => postgresQueries.decisions(orm, decisionsOf("open", after), 20).toSQL(),
      ["decisions_by_status", "Index Cond: ((status = 'open'::text) AND (ROW(created_at, id)"],
    ],
    [
      "decisions for everybody",
      () => postgresQueries.decisions(orm, decisionsOf(null, after, "everybody"), 20).toSQL(),
      ["Index Cond: ((audience = 'everybody'::text) AND (ROW(created_at, id)"],
    ],
    [
      "decisions of an owner",
      () => postgresQueries.decisions(orm, { ...decisionsOf(null, after), owner: "o" }, 20).toSQL(),
      ["Index Cond: ((owner = 'o'::text) AND (ROW(created_at, id)"],
    ],
    [
      "a region's results",
      () =>
        postgresQueries
          .regionalResults(orm, { region: "north", after: "d", perPage: 19 }, 20)
          .toSQL(),
      ["regional_results_region_decision_id_pk", "using decisions_pkey"],
    ],
  ])("for %s go through an index and sort nothing", async (_, query, parts) => {
    const plan = await planOf(query());
    for (const part of parts) expect(plan).toContain(part);
    expect(plan).not.toMatch(/Seq Scan|\bSort\b/);
  });

  it("for open dead letters ask progress by its key, and read no table of votes as a whole", async () => {
    const query = { decisionId: "others", withClosed: false, after: null, perPage: 20 };
    const plan = await planOf(deadLettersQuery(client, query).toSQL());
    expect(plan).toContain("shard_progress_decision_id_shard_pk");
    expect(plan).not.toMatch(/Seq Scan on (votes|shard_progress)/);
  });

  /** Plans of what a function did, as Postgres's own module tells them. */
  async function plansWithin(call: () => Promise<unknown>): Promise<string> {
    const plans: string[] = [];
    const listen = ({ message = "" }): void => void plans.push(message);
    client.on("notice", listen);
    await client.query("LOAD 'auto_explain'; SET client_min_messages = log");
    await client.query("SET auto_explain.log_nested_statements = on");
    await client.query("SET auto_explain.log_min_duration = 0");
    await call();
    await client.query("SET auto_explain.log_min_duration = -1");
    client.off("notice", listen);
    return plans.filter((plan) => /FROM votes\b|INTO votes\b/.test(plan)).join("\n");
  }

  it("behind a repeated batch look up what is stored in the decision's own partition", async () => {
    const call = "SELECT stored_seqs('wanted', 0, 1, 10)";
    const plan = await plansWithin(() => client.query(call));
    expectOnePartition(plan);
    expect(plan).toMatch(/Index Only Scan using \w+_pkey/);
    expect(plan).toMatch(/Index Cond: .*shard = 0.*seq >= '1'.*seq <= '10'/);
  });

  it("behind a gap walk the key from where progress stands", async () => {
    const plan = await plansWithin(() => client.query("SELECT end_of_run('wanted', 0, 5)"));
    expectOnePartition(plan);
    expect(plan).toMatch(/Index Only Scan using \w+_pkey/);
    expect(plan).not.toContain("Sort");
  });

  it("of a batch that follows on read no ballots at all", async () => {
    const next = `CALL apply_ballots('{wanted}', '{0}', '{1}', '{1001}', '{p}', '{yes}', '{north}', '{1}', '{${autumn}}', NULL)`;
    const plan = await plansWithin(() => client.query(next));
    expect(plan).toContain("Insert on votes");
    expect(plan).not.toMatch(/Scan (using \w+ )?on votes/);
  });
});

function ballots(
  decisionId: string,
  shard: number,
  where: readonly string[],
  at: number,
): ShardBallot[] {
  return Array.from({ length: 1_000 }, (_, index) => ({
    decisionId,
    shard,
    seq: index + 1,
    pid: `p${index}`,
    choice: "yes",
    region: where[index % where.length] ?? "",
    weight: 1,
    acceptedAt: at + index,
  }));
}

/** Enough that no table is read whole for being small, and what the planner knows of them. */
const manyRows = `
  INSERT INTO votes SELECT 'filler-' || n % 7, n % 16, n, 'p', 'yes', region, 1, at
    FROM generate_series(1, ${ballotsEach}) AS n, unnest('{${regions.join(",")}}'::text[]) AS region, unnest('{${quarters.join(",")}}'::bigint[]) AS at;
  INSERT INTO shard_progress SELECT 'filler-' || n, shard, 5, 5 FROM generate_series(1, 500) AS n, generate_series(0, 15) AS shard;
  INSERT INTO decisions SELECT 'filler-' || n, '', CASE WHEN n % 20 = 0 THEN 'open' ELSE 'closed' END, n, '', CASE WHEN n % 3 = 0 THEN 'o' END, '', 1 FROM generate_series(1, 5000) AS n;
  INSERT INTO listed_results SELECT 'filler-' || n, 1, '' FROM generate_series(1, 5000) AS n;
  INSERT INTO regional_results SELECT region, 'filler-' || n, 1, 1, true, 1, 1, 1, 1, 1, 1
    FROM generate_series(1, 5000) AS n, unnest('{${regions.join(",")}}'::text[]) AS region;
  INSERT INTO dead_letters SELECT 'filler-' || n, 'filler-' || n % 50, n % 16, n, '', '', 3, 1 FROM generate_series(1, 5000) AS n;
  ANALYZE;`;
