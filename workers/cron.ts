import { createDatabasePartitionsAhead } from "../src/platform/database.ts";
import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { versionedWriter } from "../src/platform/objects/versioned-stubs.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { chooseVoteLog, memberNames } from "../src/vote-log/kafka/settings.ts";
import { LoggableError } from "../src/shared/loggable-error.ts";

/**
 * Every minute: starts the writers of a Kafka topic, and makes the partitions that votes will need.
 * `scheduledTime` in ms.
 */
export async function runCron(given: Env, scheduledTime: number): Promise<void> {
  const env = withinJurisdiction(given);
  await Promise.all([startWriters(env), createDatabasePartitionsAhead(env, scheduledTime)]);
}

/** Starts the writers after a deploy, and again whatever ended them. */
async function startWriters(env: Env): Promise<void> {
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured") {
    reportFailure("vote_log.misconfigured", new LoggableError(choice.problem));
  }
  if (choice.kind !== "kafka") return;
  for (const name of memberNames(choice.settings.writers)) {
    try {
      await versionedWriter(env.VOTE_WRITER, name).start();
    } catch (error) {
      reportFailure("writer.not_started", error, { writer: name });
    }
  }
}
