import type { Database } from "../database/database.ts";
import { d1Database } from "../database/d1/d1.ts";
import { createPartitionsAhead } from "../database/postgres/partitions.ts";
import { postgresDatabase } from "../database/postgres/postgres.ts";
import { connectionPerCall } from "../database/postgres/session.ts";
import { refusingDatabase } from "../database/refusing.ts";
import { chooseDatabase } from "../database/settings.ts";
import { limitedDatabase } from "./platform-limits/limited-database.ts";
import { reportFailure } from "./report-failure.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/**
 * The database for whoever may be asked by many requests: with Postgres each call has a connection
 * of its own.
 */
export function databaseOf(env: Env): Database {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured") return refusingDatabase(choice.problem);
  if (choice.kind === "d1") return d1Database(limitedDatabase(env.DB, env));
  return postgresDatabase(connectionPerCall(choice.connectionString), reportFailure);
}

/** Called by cron. The writer makes partitions too; made ahead, no vote waits for them. */
export async function createDatabasePartitionsAhead(env: Env, now: number): Promise<void> {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured")
    reportFailure("database.misconfigured", new LoggableError(choice.problem));
  if (choice.kind !== "postgres") return;
  try {
    await createPartitionsAhead(connectionPerCall(choice.connectionString), now);
  } catch (error) {
    reportFailure("database.partitions_missing", error);
  }
}
