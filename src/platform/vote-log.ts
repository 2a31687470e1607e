import { connectKafka } from "../vote-log/kafka/connect.ts";
import { chooseVoteLog } from "../vote-log/kafka/settings.ts";
import { upstashKafkaDeadLetters, upstashKafkaVoteLog } from "../vote-log/kafka/upstash-kafka.ts";
import { queueDeadLetters, queueVoteLog } from "../vote-log/queue.ts";
import type { DeadLetters, VoteLog } from "../vote-log/vote-log.ts";

/** The vote log that the deployment has chosen: Cloudflare Queues, or Kafka. */
export function voteLogOf(env: Env): VoteLog {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return queueVoteLog(env.VOTE_LOG);
  if (choice.kind === "misconfigured") return { publish: () => refuse(choice.problem) };
  return upstashKafkaVoteLog(connectKafka(choice.settings), choice.settings.topic);
}

/** Where that log's dead letters go. */
export function deadLettersOf(env: Env): DeadLetters {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return queueDeadLetters(env.DEAD_LETTERS);
  if (choice.kind === "misconfigured") return { put: () => refuse(choice.problem) };
  const { settings } = choice;
  return upstashKafkaDeadLetters(connectKafka(settings), settings.deadLettersTopic);
}

/** A shard keeps what it could not publish, tries again, and says why. */
function refuse(problem: string): Promise<never> {
  return Promise.reject(new Error(problem));
}
