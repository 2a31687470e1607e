import { connectKafka } from "../src/vote-log/kafka/connect.ts";
import { readKafkaHealth } from "../src/vote-log/kafka/health.ts";
import { chooseVoteLog, memberNames } from "../src/vote-log/kafka/settings.ts";
import type { VoteLogHealth } from "../src/vote-log/vote-log.ts";
import { causeOf, reportFailure } from "./report-failure.ts";

/** Starts the writers after a deploy, and again whatever ended them: called by cron every minute. */
export async function startWriters(env: Env): Promise<void> {
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured") {
    reportFailure("vote_log.misconfigured", choice.problem);
  }
  if (choice.kind !== "kafka") return;
  for (const name of memberNames(choice.settings.writers)) {
    try {
      await env.VOTE_WRITER.getByName(name).start();
    } catch (error) {
      reportFailure("writer.not_started", error, { writer: name });
    }
  }
}

/** How the vote log does. */
export async function readVoteLogHealth(env: Env): Promise<VoteLogHealth> {
  const choice = chooseVoteLog(env);
  if (choice.kind === "queue") return { kind: "queue", lagRecords: null, problems: [] };
  if (choice.kind === "misconfigured") {
    return { kind: "misconfigured", lagRecords: null, problems: [choice.problem] };
  }
  const { settings } = choice;
  const [kafka, ...writers] = await Promise.all([
    readKafkaHealth(connectKafka(settings), settings),
    ...memberNames(settings.writers).map((name) => problemsOf(env, name)),
  ]);
  return { kind: "kafka", ...kafka, problems: [...kafka.problems, ...writers.flat()] };
}

async function problemsOf(env: Env, name: string): Promise<string[]> {
  try {
    const { problem } = await env.VOTE_WRITER.getByName(name).status();
    return problem === null ? [] : [`${name}: ${problem}`];
  } catch (error) {
    return [`${name}: ${causeOf(error)}`];
  }
}
