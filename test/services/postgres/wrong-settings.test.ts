import { afterEach, describe, expect, it } from "vitest";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import {
  cast,
  openedDecision,
  readiness,
  startKafkaPlatform,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { rowsIn } from "../../support/services/postgres-platform.ts";
import { createTestDatabase } from "../../support/services/test-database.ts";

/** Whatever is wrong with the database's settings, votes are taken, and whoever looks is told what it is. */
describe("a database that can't be used", () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function startWith(vars: Record<string, string>, url?: string): Promise<KafkaPlatform> {
    const platform = await startKafkaPlatform(vars, url);
    ends.push(() => platform.stop());
    return platform;
  }

  /** Opens a decision and casts 100 votes in it, and says its id. */
  async function expectVotesTakenBut(on: KafkaPlatform, problem: string): Promise<string> {
    const decisionId = await openedDecision(on, "waiting", 1);
    expect(await cast(on, decisionId, 100)).toBe(100);
    const { code, database } = await readiness(on);
    expect([code, database.problems]).toEqual([503, [problem]]);
    const isSaid = () => on.lines.some((line) => line.includes("writer.waits"));
    await expect.poll(isSaid, { timeout: 20_000 }).toBe(true);
    const waiting = async () => (await readiness(on)).vote_log.problems;
    await expect.poll(waiting, { timeout: 5_000 }).not.toEqual([]);
    return decisionId;
  }

  it("because it is none of the two names the variable", async () => {
    const on = await startWith({ DATABASE: "postgresql" });
    await expectVotesTakenBut(on, "DATABASE is neither d1 nor postgres");
    expect(on.lines.some((line) => line.includes("database.misconfigured"))).toBe(true);
  });

  it("because there is no binding names the binding", async () => {
    const on = await startWith({ DATABASE: "postgres" });
    const problem = "DATABASE is postgres, but there is no Hyperdrive binding named HYPERDRIVE";
    await expectVotesTakenBut(on, problem);
  });

  it("because the password is wrong says so, and nowhere the password", async () => {
    const database = await createTestDatabase();
    ends.push(() => database.drop());
    const url = new URL(database.workerUrl);
    url.password = "not-the-password";
    const on = await startWith({ DATABASE: "postgres" }, url.href);
    await expectVotesTakenBut(on, "Postgres refuses the login");
    expect(on.lines.join("\n")).not.toContain("not-the-password");
  });

  it("because its migrations are missing says so, and all arrives once they are there", async () => {
    const database = await createTestDatabase();
    ends.push(() => database.drop());
    const away = (from: string, to: string) =>
      withClient(database.superuserUrl, (client) =>
        client.query(`ALTER SCHEMA ${from} RENAME TO ${to}`),
      );
    await away("public", "away");
    const on = await startWith({ DATABASE: "postgres" }, database.workerUrl);
    const decisionId = await expectVotesTakenBut(on, "its migrations are not applied");
    await away("away", "public");
    expect((await waitUntilDrained(on.client, [decisionId])).behind).toEqual([]);
    expect(await rowsIn(database, decisionId)).toHaveLength(100);
  });
});
