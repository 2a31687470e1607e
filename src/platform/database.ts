import { DatabaseUnavailable, type Database } from "../database/database.ts";
import { d1Database } from "../database/d1/d1.ts";
import { d1Lists } from "../database/d1/lists.ts";
import { postgresLists } from "../database/postgres/lists.ts";
import { createPartitionsAhead } from "../database/postgres/partitions.ts";
import { postgresDatabase } from "../database/postgres/postgres.ts";
import { connectionPerCall, type PostgresSession } from "../database/postgres/session.ts";
import { refusingDatabase } from "../database/refusing.ts";
import type { ReplicatedLists } from "../database/replicated-lists.ts";
import { chooseDatabase } from "../database/settings.ts";
import { limitedDatabase } from "./platform-limits/limited-database.ts";
import { meterOf } from "./metrics/isolate-meter.ts";
import { reportFailure } from "./report-failure.ts";
import { limits } from "../shared/limits.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/**
 * The database for whoever may be asked by many requests: with Postgres each call has a connection
 * of its own.
 */
export function databaseOf(env: Env): Database {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured") return refusingDatabase(choice.problem);
  if (choice.kind === "d1") return d1Database(limitedDatabase(env.DB, env));
  const replica = replicaSession(choice.replicaConnectionString);
  return postgresDatabase(connectionPerCall(choice.connectionString), reportFailure, replica);
}

/** Its lists, which replicas may answer, for whoever may be asked by many requests. */
export function listsOf(env: Env): ReplicatedLists {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured") {
    const cause = new LoggableError(choice.problem);
    return { readSince: () => Promise.reject(new DatabaseUnavailable(cause)) };
  }
  if (choice.kind === "d1") return d1Lists(limitedDatabase(env.DB, env));
  const meter = meterOf(env);
  return postgresLists({
    primary: connectionPerCall(choice.connectionString),
    replica: replicaSession(choice.replicaConnectionString),
    now: () => Date.now(),
    onAnswered: (answeredBy) =>
      meter.count("enviro.database.replica.reads", { answered_by: answeredBy }),
    report: reportFailure,
  });
}

function replicaSession(connectionString: string | null): PostgresSession | null {
  if (connectionString === null) return null;
  return connectionPerCall(connectionString, limits.replicaAnswerMsMax);
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
