import { connectKafka } from "../vote-log/kafka/connect.ts";
import { chooseVoteLog } from "../vote-log/kafka/settings.ts";
import { upstashKafkaDeadLetters, upstashKafkaVoteLog } from "../vote-log/kafka/upstash-kafka.ts";
import { queueDeadLetters, queueVoteLog } from "../vote-log/queue.ts";
import type { LogSignature } from "../vote-log/signed-text.ts";
import type { DeadLetters, VoteLog } from "../vote-log/vote-log.ts";
import { limitedQueue } from "./platform-limits/limited-queue.ts";
import { logSignature } from "./log-signature.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/** The vote log that the deployment has chosen: Cloudflare Queues, or Kafka. */
export function voteLogOf(env: Env): VoteLog {
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured") return { publish: () => refuse(choice.problem) };
  const signature = logSignature(choice.deployment, env.BALLOT_TOKEN_KEYS);
  if (choice.kind === "queue") return queueVoteLog(limitedQueue(env.VOTE_LOG, env), signature);
  return upstashKafkaVoteLog(connectKafka(choice.settings), choice.settings.topic, signature);
}

/** Where that log's dead letters go. */
export function deadLettersOf(env: Env): DeadLetters {
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured") return { put: () => refuse(choice.problem) };
  const signature = logSignature(choice.deployment, env.BALLOT_TOKEN_KEYS);
  if (choice.kind === "queue")
    return queueDeadLetters(limitedQueue(env.DEAD_LETTERS, env), signature);
  const { settings } = choice;
  return upstashKafkaDeadLetters(connectKafka(settings), settings.deadLettersTopic, signature);
}

/** What this deployment's texts in the log are known by. */
export function logSignatureOf(env: Env): LogSignature {
  const choice = chooseVoteLog(env);
  if (choice.kind !== "misconfigured") {
    return logSignature(choice.deployment, env.BALLOT_TOKEN_KEYS);
  }
  const fail = (): never => {
    throw new LoggableError(choice.problem);
  };
  return { deployment: "", sign: fail, verify: fail };
}

/** A shard keeps what it could not publish, tries again, and says why. */
function refuse(problem: string): Promise<never> {
  return Promise.reject(new LoggableError(problem));
}
