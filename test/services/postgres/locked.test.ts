import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { cast, openedDecision, readiness } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";

const lockProblem = "another session holds a lock that Postgres waited for";

describe("while somebody holds locks on Postgres's tables", () => {
  let on: PostgresPlatform;
  let holder: Client;
  let decisionId = "";
  beforeAll(async () => {
    on = await startPostgresPlatform();
    decisionId = await openedDecision(on.platform, "locked", 1);
    await cast(on.platform, decisionId, 10);
    await waitUntilDrained(on.platform.client, [decisionId]);
    holder = new Client({ connectionString: on.database.superuserUrl });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query(
      "LOCK TABLE decisions, votes, shard_progress, regional_results IN ACCESS EXCLUSIVE MODE",
    );
  });
  afterAll(async () => {
    await holder.end();
    await on.stop();
  });

  it.each([
    "/api/v1/decisions",
    "/api/v1/regions/north/results",
    "/api/v1/decisions/{id}/votes/received",
    "/api/v1/decisions/{id}/audit",
  ])("%s is refused for a while", async (path) => {
    const { origin, adminKey } = on.platform;
    const headers = { authorization: `Bearer ${adminKey}` };
    const answer = await fetch(`${origin}${path.replace("{id}", decisionId)}`, { headers });
    expect(await answer.json()).toMatchObject({ code: "database.unavailable" });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  });

  it("readiness names the lock, votes are taken, and all arrives once it is gone", async () => {
    const problems = async () => (await readiness(on.platform)).database.problems;
    await expect.poll(problems, { timeout: 20_000 }).toEqual([lockProblem]);
    expect(await cast(on.platform, decisionId, 100, { from: 10 })).toBe(100);
    await holder.query("ROLLBACK");
    await waitUntilDrained(on.platform.client, [decisionId]);
    expect(await rowsIn(on.database, decisionId)).toHaveLength(110);
    await expect.poll(problems, { timeout: 20_000 }).toEqual([]);
  });
});
