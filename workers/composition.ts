import type { Database } from "../src/database/database.ts";
import { d1Database } from "../src/database/d1/d1.ts";
import { queueDeadLetters, queueVoteLog } from "../src/vote-log/queue.ts";
import type { DeadLetters, VoteLog } from "../src/vote-log/vote-log.ts";
import { chooseCache, type ChosenCache } from "./adapters/cache.ts";

// The one place that chooses adapters: Cloudflare Queues and D1, the embedded defaults, and the cache of the deployment's variables.

export function databaseOf(env: Env): Database {
  return d1Database(env.DB);
}

export function voteLogOf(env: Env): VoteLog {
  return queueVoteLog(env.VOTE_LOG);
}

export function deadLettersOf(env: Env): DeadLetters {
  return queueDeadLetters(env.DEAD_LETTERS);
}

export function cacheOf(env: Env): ChosenCache {
  return chooseCache(env);
}
