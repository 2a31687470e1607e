import { sha256Hex } from "../src/auth/digest.ts";
import { shardName } from "../src/decision/shard-map.ts";
import type { Database } from "../src/database/database.ts";
import { d1Database } from "../src/database/d1/d1.ts";
import { connectKafka } from "../src/vote-log/kafka/connect.ts";
import { chooseVoteLog } from "../src/vote-log/kafka/settings.ts";
import {
  upstashKafkaDeadLetters,
  upstashKafkaVoteLog,
} from "../src/vote-log/kafka/upstash-kafka.ts";
import { queueDeadLetters, queueVoteLog } from "../src/vote-log/queue.ts";
import type { DeadLetters, VoteLog } from "../src/vote-log/vote-log.ts";
import type { WriterDeps } from "../src/vote-log/vote-writer.ts";
import { reportFailure } from "./report-failure.ts";
import { chooseCache, type ChosenCache } from "./adapters/cache.ts";

// The one place that chooses adapters: Cloudflare Queues and D1, the embedded defaults, or what the deployment's variables name.

export function databaseOf(env: Env): Database {
  return d1Database(env.DB);
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
        await env.BALLOT_SHARD.getByName(shardName(decisionId, shard)).confirm(appliedSeq);
      } catch (error) {
        reportFailure("writer.confirm_failed", error, { decision: decisionId, shard });
      }
    },
    now: () => Date.now(),
    digest: sha256Hex,
  };
}

/** A shard keeps what it could not publish, tries again, and says why. */
function refuse(problem: string): Promise<never> {
  return Promise.reject(new Error(problem));
}

export function cacheOf(env: Env): ChosenCache {
  return chooseCache(env);
}
