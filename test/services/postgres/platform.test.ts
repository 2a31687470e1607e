import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { runProgram } from "../../../scripts/services/run-program.ts";
import { auditOf, cast, openedDecision, readiness } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";

describe("the platform on Postgres", () => {
  let on: PostgresPlatform;
  beforeAll(async () => {
    on = await startPostgresPlatform();
  });
  afterAll(() => on.stop());

  it("is ready, and says which database it is", async () => {
    const ready = async () => (await readiness(on.platform)).database;
    await expect.poll(ready, { timeout: 10_000 }).toEqual({
      kind: "postgres",
      problems: [],
      warnings: [],
      dead_letters: 0,
    });
  });

  it("stores, lists, exports and certifies a decision", async () => {
    const { client, origin } = on.platform;
    const id = await openedDecision(on.platform, "from-end-to-end", 4);
    for (const from of [0, 1_000]) expect(await cast(on.platform, id, 1_000, { from })).toBe(1_000);
    expect(await waitUntilDrained(client, [id])).toMatchObject({ ballots: 2_000, behind: [] });
    await closeAndSeal(client, id);
    const status = async () => (await fetchDecision(client, id)).status;
    await expect.poll(status, { timeout: 30_000 }).toBe("certified");
    expect(await rowsIn(on.database, id)).toHaveLength(2_000);
    const exported = await (await fetch(`${origin}/api/v1/decisions/${id}/export`)).text();
    expect(exported.trim().split("\n").length).toBeGreaterThanOrEqual(2_000);
    expect((await auditOf(on.platform, id)).database.dead_letters).toBe(0);
    const regional = await fetch(`${origin}/api/v1/regions/north/results`);
    expect(await regional.json()).toMatchObject({ items: [{ decision_id: id, final: true }] });
  });

  it("refuses a cursor that Postgres could not compare with, instead of failing", async () => {
    const { origin } = on.platform;
    for (const [path, key] of [
      ["decisions", { createdAt: 1.5, id: "a" }],
      ["decisions", { createdAt: 1e300, id: "a" }],
      ["decisions", { createdAt: 1, id: "a\u0000" }],
      ["regions/north/results", "\ud800"],
      ["decisions/from-end-to-end/votes/received", { shard: 2 ** 31, seq: 1 }],
    ] as const) {
      const after = Buffer.from(JSON.stringify(key)).toString("base64url");
      const { status } = await fetch(`${origin}/api/v1/${path}?after=${after}`);
      expect([path, key, status]).toEqual([path, key, 400]);
    }
  });

  it("is verified as any other: logs, tallies, room, database, results and list agree", async () => {
    const { origin, adminKey } = on.platform;
    const args = ["src/cli/enviro.ts", "verify", "--on", origin, "--key", adminKey, "--all"];
    expect(await runProgram({ file: process.execPath, args })).toMatch(/wrong +0\nbehind +0/);
  });

  it("has its partitions of this quarter and the next made ahead by cron", async () => {
    const children = "SELECT FROM pg_inherits WHERE inhparent = 'votes_other'::regclass";
    const made = () =>
      withClient(
        on.database.superuserUrl,
        async (client) => (await client.query(children)).rowCount,
      );
    await expect.poll(made, { timeout: 10_000 }).toBe(2);
  });

  it("also takes its ballots from Cloudflare Queues", async () => {
    on.platform = await on.platform.restart({ VOTE_LOG_KIND: "queue" });
    const id = await openedDecision(on.platform, "by-queue", 2);
    expect(await cast(on.platform, id, 1_000)).toBe(1_000);
    expect((await waitUntilDrained(on.platform.client, [id])).behind).toEqual([]);
    expect(await rowsIn(on.database, id)).toHaveLength(1_000);
  });
});
