import { parseArgs } from "node:util";
import { exitStatus, runMain, UsageError } from "./command-line/usage-error.ts";
import { applyMigrations, readMigrations } from "./migrate/apply-migrations.ts";
import { keepWorkerLogin } from "./migrate/keep-login.ts";
import { withClient } from "./migrate/with-client.ts";

/**
 * `POSTGRES_URL=… npm run migrate:postgres [-- --worker <login>]`: brings the tables up to date, as their owner. With `--worker` it also makes or
 * renews the Worker's login, whose password is POSTGRES_WORKER_PASSWORD. Secrets come from the environment: a command line is seen by others.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { worker: { type: "string" } } });
  const url = process.env["POSTGRES_URL"] ?? "";
  if (url === "") throw new UsageError("POSTGRES_URL is to say where, as the owner of the tables");
  const password = process.env["POSTGRES_WORKER_PASSWORD"] ?? "";
  if (values.worker !== undefined && password === "")
    throw new UsageError("--worker takes its password from POSTGRES_WORKER_PASSWORD");
  await withClient(url, async (client) => {
    const applied = await applyMigrations(client, readMigrations());
    for (const name of applied) console.log(`applied ${name}`);
    if (applied.length === 0) console.log("nothing to apply");
    if (values.worker === undefined) return;
    await keepWorkerLogin(client, { name: values.worker, password });
    console.log(`${values.worker} may do the Worker's work, and no more`);
  });
  return exitStatus.ok;
});
