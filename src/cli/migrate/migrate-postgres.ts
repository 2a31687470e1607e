import { exitStatus } from "../command-line/usage-error.ts";
import type { MigrateOptions } from "../commands/migrate.ts";
import { applyPostgresMigrations, readMigrations } from "./apply-migrations.ts";
import { keepWorkerLogin } from "./keep-login.ts";
import { withClient } from "./with-client.ts";

/**
 * Brings the tables up to date, as their owner, and makes or renews the Worker's login where one is
 * named.
 */
export async function migratePostgres({ postgresUrl, worker }: MigrateOptions): Promise<number> {
  await withClient(postgresUrl, async (client) => {
    const applied = await applyPostgresMigrations(client, readMigrations());
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log("nothing to apply");
    if (worker === null) return;
    await keepWorkerLogin(client, worker);
    console.log(`${worker.name} may do the Worker's work, and no more`);
  });
  return exitStatus.ok;
}
