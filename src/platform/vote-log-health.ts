import { connectKafka } from "../vote-log/kafka/connect.ts";
import { kafkaProblems } from "../vote-log/kafka/health.ts";
import { chooseVoteLog, memberNames } from "../vote-log/kafka/settings.ts";
import type { VoteLogHealth } from "../vote-log/vote-log.ts";
import { versionedWriter } from "./objects/versioned-stubs.ts";
import { describeCause } from "../shared/loggable-error.ts";

/** What is wrong with the vote log: for Kafka with what its writers met last. */
export async function readVoteLogHealth(env: Env): Promise<VoteLogHealth> {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return { kind: "queue", problems: [] };
  if (choice.kind === "misconfigured") {
    return { kind: "misconfigured", problems: [choice.problem] };
  }
  const { settings } = choice;
  const [problems, ...writers] = await Promise.all([
    kafkaProblems(connectKafka(settings), [settings.topic, settings.deadLettersTopic]),
    ...memberNames(settings.writers).map((name) => memberProblems(env, name)),
  ]);
  return { kind: "kafka", problems: [...problems, ...writers.flat()] };
}

/** What a member of a group met last, where that is not over. */
export async function memberProblems(env: Env, name: string): Promise<string[]> {
  try {
    const { problem } = await versionedWriter(env.VOTE_WRITER, name).status();
    return problem === null ? [] : [`${name}: ${problem}`];
  } catch (error) {
    return [`${name}: ${describeCause(error)}`];
  }
}
