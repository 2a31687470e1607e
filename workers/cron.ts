import { checkRecords } from "../src/platform/check-records.ts";
import { createDatabasePartitionsAhead } from "../src/platform/database.ts";
import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { versionedWriter } from "../src/platform/objects/versioned-stubs.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { chooseVoteLog, indexerName, memberNames } from "../src/vote-log/kafka/settings.ts";
import { searchFeedOf } from "../src/platform/search-feed.ts";
import { chooseSearch } from "../src/search/settings.ts";
import { tracerOf } from "../src/platform/tracer.ts";
import { LoggableError } from "../src/shared/loggable-error.ts";

/**
 * Every minute: starts the writers of a Kafka topic, makes the partitions that votes will need,
 * tells the search index the time, and has records compared with what follows from them.
 * `scheduledTime` in ms.
 */
export async function runCron(given: Env, scheduledTime: number): Promise<void> {
  const env = withinJurisdiction(given);
  await tracerOf(env).trace("cron", {}, async () => {
    await Promise.all([
      startWriters(env),
      createDatabasePartitionsAhead(env, scheduledTime),
      tellSearchTheTime(env, scheduledTime),
      checkRecords(env),
    ]);
  });
}

/** So that an index which hears of no change knows that it is not behind. */
async function tellSearchTheTime(env: Env, at: number): Promise<void> {
  try {
    await searchFeedOf(env)?.publish([{ kind: "tick", at }]);
  } catch (error) {
    reportFailure("search.tick_not_sent", error);
  }
}

/** Starts the writers after a deploy, and again whatever ended them. */
async function startWriters(env: Env): Promise<void> {
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured") {
    reportFailure("vote_log.misconfigured", new LoggableError(choice.problem));
  }
  if (choice.kind !== "kafka") return;
  const indexers = chooseSearch(env).kind === "none" ? [] : [indexerName];
  for (const name of [...memberNames(choice.settings.writers), ...indexers]) {
    try {
      await versionedWriter(env.VOTE_WRITER, name).start();
    } catch (error) {
      reportFailure("writer.not_started", error, { writer: name });
    }
  }
}
