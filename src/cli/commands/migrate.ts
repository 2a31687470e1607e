import type { Command } from "commander";
import type { ToAction, Run } from "../command-line/run-command-line.ts";
import { UsageError } from "../command-line/usage-error.ts";
import type { Login } from "../migrate/keep-login.ts";

const remarks = `
Environment:
  POSTGRES_URL              the database, as the owner of its tables
  POSTGRES_WORKER_PASSWORD  the password of the login that --worker names
Secrets come from the environment: others on the machine can see a command line.`;

export type MigrateOptions = {
  postgresUrl: string;
  /** The Worker's login; null leaves it alone. */
  worker: Login | null;
};

/** Adds `migrate`. */
export function addMigrate(program: Command, toAction: ToAction, run: Run<MigrateOptions>): void {
  program
    .command("migrate")
    .summary("bring the tables of a Postgres up to date")
    .option("--worker <login>", "also make or renew the login that the Worker comes with")
    .addHelpText("after", remarks)
    .action(toAction((flags: { worker?: string }) => run(readMigrateOptions(flags, process.env))));
}

function readMigrateOptions(
  { worker }: { worker?: string },
  environment: Record<string, string | undefined>,
): MigrateOptions {
  const postgresUrl = environment["POSTGRES_URL"] ?? "";
  if (postgresUrl === "") {
    throw new UsageError("POSTGRES_URL is missing: it says where, as the owner of the tables");
  }
  if (worker === undefined) return { postgresUrl, worker: null };
  const password = environment["POSTGRES_WORKER_PASSWORD"] ?? "";
  if (password === "") {
    throw new UsageError("--worker takes its password from POSTGRES_WORKER_PASSWORD");
  }
  return { postgresUrl, worker: { name: worker, password } };
}
