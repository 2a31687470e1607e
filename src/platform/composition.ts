import { sha256Hex } from "../auth/digest.ts";
import { shardName } from "../decision/shard-map.ts";
import type { Database } from "../database/database.ts";
import { d1Database } from "../database/d1/d1.ts";
import { createPartitionsAhead } from "../database/postgres/partitions.ts";
import { postgresDatabase } from "../database/postgres/postgres.ts";
import { connectionPerCall, KeptConnection } from "../database/postgres/session.ts";
import { refusingDatabase } from "../database/refusing.ts";
import { chooseDatabase } from "../database/settings.ts";
import { connectKafka } from "../vote-log/kafka/connect.ts";
import { chooseVoteLog } from "../vote-log/kafka/settings.ts";
import { upstashKafkaDeadLetters, upstashKafkaVoteLog } from "../vote-log/kafka/upstash-kafka.ts";
import { queueDeadLetters, queueVoteLog } from "../vote-log/queue.ts";
import type { DeadLetters, VoteLog } from "../vote-log/vote-log.ts";
import type { WriterDeps } from "../vote-log/vote-writer.ts";
import { reportFailure } from "./report-failure.ts";
import { chooseCache, type ChosenCache } from "./adapters/cache.ts";

// The one place that chooses adapters: Cloudflare Queues and D1, the embedded defaults, or what the deployment's variables name.

/** The database for whoever may be asked by many requests: with Postgres each call has a connection of its own. */
export function databaseOf(env: Env): Database {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured") return refusingDatabase(choice.problem);
  if (choice.kind === "d1") return d1Database(env.DB);
  return postgresDatabase(connectionPerCall(choice.connectionString), reportFailure);
}

/** Called by cron. The writer makes partitions too; made ahead, no vote waits for them. */
export async function createDatabasePartitionsAhead(env: Env, now: number): Promise<void> {
  const choice = chooseDatabase(env);
  if (choice.kind === "misconfigured") reportFailure("database.misconfigured", choice.problem);
  if (choice.kind !== "postgres") return;
  try {
    await createPartitionsAhead(connectionPerCall(choice.connectionString), now);
  } catch (error) {
    reportFailure("database.partitions_missing", error);
  }
}

export function voteLogOf(env: Env): VoteLog {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return queueVoteLog(env.VOTE_LOG);
  if (choice.kind === "misconfigured") return { publish: () => refuse(choice.problem) };
  return upstashKafkaVoteLog(connectKafka(choice.settings), choice.settings.topic);
}

export function deadLettersOf(env: Env): DeadLetters {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return queueDeadLetters(env.DEAD_LETTERS);
  if (choice.kind === "misconfigured") return { put: () => refuse(choice.problem) };
  const { settings } = choice;
  return upstashKafkaDeadLetters(connectKafka(settings), settings.deadLettersTopic);
}

/** What writing delivered records takes, whichever log delivered them. */
export function writerDepsOf(env: Env): WriterDeps & { store: Database } {
  return {
    store: databaseOf(env),
    deadLetters: deadLettersOf(env),
    async confirm({ decisionId, shard }, appliedSeq) {
      try {
        // The first one may live in its room, which knows.
        await (shard === 0
          ? env.DECISION_ROOM.getByName(decisionId).confirmFirst(decisionId, appliedSeq)
          : env.BALLOT_SHARD.getByName(shardName(decisionId, shard)).confirm(appliedSeq));
      } catch (error) {
        reportFailure("writer.confirm_failed", error, { decision: decisionId, shard });
      }
    },
    now: () => Date.now(),
    digest: sha256Hex,
  };
}

/** Does a consumer's work, one invocation or one turn of it; with Postgres on one connection, which ends with the work. */
export async function withWriterDeps<T>(
  env: Env,
  work: (deps: WriterDeps & { store: Database }) => Promise<T>,
): Promise<T> {
  const choice = chooseDatabase(env);
  if (choice.kind !== "postgres") return work(writerDepsOf(env));
  const connection = new KeptConnection(choice.connectionString);
  try {
    const store = postgresDatabase(connection, reportFailure);
    return await work({ ...writerDepsOf(env), store });
  } finally {
    await connection.close();
  }
}

/** A shard keeps what it could not publish, tries again, and says why. */
function refuse(problem: string): Promise<never> {
  return Promise.reject(new Error(problem));
}

export function cacheOf(env: Env): ChosenCache {
  return chooseCache(env);
}
