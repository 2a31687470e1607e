import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import {
  applyPostgresMigrations,
  readMigrations,
} from "../../../src/cli/migrate/apply-migrations.ts";
import { keepWorkerLogin } from "../../../src/cli/migrate/keep-login.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { postgresLogins } from "../../../scripts/services/postgres-logins.ts";
import { runProgram } from "../../../scripts/services/run-program.ts";
import { serviceLocation } from "../../../scripts/services/service-location.ts";
import {
  dropVotingDatabase,
  keepEmptyDatabase,
} from "../../../scripts/services/voting-database.ts";
import { readiness, votedDecision } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { throughPgbouncer } from "../../support/services/test-database.ts";

const votes = 6_000;

describe("the platform behind PgBouncer in transaction mode", () => {
  let on: PostgresPlatform;
  beforeAll(async () => {
    on = await startPostgresPlatform({}, { isPooled: true });
  });
  afterAll(() => on.stop());

  it("really has it before its Postgres: connections of many clients are few at the server", async () => {
    const url = await throughPgbouncer(on.database.workerUrl);
    const pids = new Set<unknown>();
    const meet = async (clients: number): Promise<void> =>
      withClient(url, async (client) => {
        const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
        pids.add(rows[0]?.pid);
        // The connection stays open while the others come.
        if (clients > 1) await meet(clients - 1);
      });
    await meet(12);
    expect(pids.size).toBeLessThanOrEqual(3);
  });

  it("goes on writing, and certifies, exports and verifies a decision", async () => {
    const { client, origin, adminKey } = on.platform;
    const id = await votedDecision(on.platform, "pooled", { shards: 4, votes });
    expect(await waitUntilDrained(client, [id])).toMatchObject({ ballots: votes, behind: [] });
    await closeAndSeal(client, id);
    const status = async () => (await fetchDecision(client, id)).status;
    await expect.poll(status, { timeout: 60_000 }).toBe("certified");
    expect(await rowsIn(on.database, id)).toHaveLength(votes);
    const exported = await (await fetch(`${origin}/api/v1/decisions/${id}/export`)).text();
    expect(exported.trim().split("\n")).toHaveLength(votes);
    const args = ["src/cli/enviro.ts", "verify", "--on", origin, "--key", adminKey, "--all"];
    expect(await runProgram({ file: process.execPath, args })).toMatch(/wrong +0\nbehind +0/);
    expect((await readiness(on.platform)).database).toMatchObject({
      kind: "postgres",
      problems: [],
    });
    expect(on.platform.lines.filter((line) => line.includes("prepared statement"))).toEqual([]);
  });
});

describe("migrations through PgBouncer", () => {
  it("are applied once by several at once, and make the Worker's login", async () => {
    const database = await keepEmptyDatabase(`test_pgbouncer_${process.pid}`);
    try {
      const url = await throughPgbouncer(database.ownerUrl);
      const migrations = readMigrations();
      const apply = () => withClient(url, (client) => applyPostgresMigrations(client, migrations));
      const applied = await Promise.all([apply(), apply(), apply()]);
      expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
      const { credentials } = await serviceLocation("postgres");
      const login = { name: postgresLogins.worker, password: credentials.postgresWorkerPassword };
      await withClient(url, (client) => keepWorkerLogin(client, login));
    } finally {
      await dropVotingDatabase(database);
    }
  });
});
