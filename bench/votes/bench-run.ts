import { setTimeout as sleep } from "node:timers/promises";
import { closeAndSeal, fetchDecision } from "../../src/cli/api/decisions.ts";
import { checkRecord, describeDifferences, type RecordCheck } from "./check-record.ts";
import type { EchoGauge } from "./echo-gauge.ts";
import type { LoadGenerator } from "./load/load-generator.ts";
import type { LoadResult, Pace, RequestPlan, LoadWay } from "./load/load-job.ts";
import type { PlatformUnderTest } from "./platform-under-test.ts";
import type { Row } from "./row.ts";
import type { BenchSettings } from "./settings.ts";

/**
 * What the phases share: the platform, the load and the echo to compare with, and what was found so
 * far.
 */
export type BenchRun = {
  settings: BenchSettings;
  /** Shards of the decisions that are voted in one by one and in bulk. */
  shards: number;
  stateFolder: string;
  platform: PlatformUnderTest;
  load: LoadGenerator;
  echo: EchoGauge;
  rows: Row[];
  checks: RecordCheck[];
  remarks: string[];
  log: (line: string) => void;
};

export type VotingRun = {
  name: string;
  plan: RequestPlan;
  way?: LoadWay;
  pace: Pace;
  warmUpMs: number;
  measureMs: number;
};

/** `drainedAfterMs`: how long after the last answer the database held every vote. */
export type VotingResult = LoadResult & { drainedAfterMs: number };

/**
 * Sends votes and waits until the database holds them, so that no later measurement runs beside
 * what this one left to do. Whatever was not acknowledged is remarked on beside the table.
 * @throws where votes are refused
 */
export async function sendVotes(
  run: BenchRun,
  decisionId: string,
  voting: VotingRun,
): Promise<VotingResult> {
  const { name, ...job } = voting;
  run.log(name);
  const result = await run.load.run({ origin: run.platform.origin, ...job });
  for (const [code, count] of Object.entries(result.failures)) {
    const remark = `${name}: ${count} requests ended with ${code}: ${result.firstFailure ?? ""}`;
    // What is refused is no vote, so its rate is not that of votes.
    if (/^4\d\d$/.test(code)) throw new Error(remark);
    run.remarks.push(remark);
  }
  const drainedAfterMs = await run.platform.stored(decisionId, result.acknowledgedVotes);
  return { ...result, drainedAfterMs };
}

/** What certifies and publishes the ballots of one phase shall not run beside the next. */
async function waitUntilCertified({ platform }: BenchRun, decisionId: string): Promise<void> {
  const giveUpAt = Date.now() + certifyingMsMax;
  let { status } = await fetchDecision(platform.client, decisionId);
  while (status !== "certified") {
    if (Date.now() > giveUpAt) throw new Error(`${decisionId} stays ${status}`);
    await sleep(certifyingPollMs);
    ({ status } = await fetchDecision(platform.client, decisionId));
  }
}

const certifyingMsMax = 600_000;
const certifyingPollMs = 250;

/**
 * Ends a phase and closes its decision, which shows exact figures from then on: every vote
 * acknowledged in it has to be found, nothing more and nothing less.
 */
export async function checkPhase(
  run: BenchRun,
  decisionId: string,
  acknowledged: number,
): Promise<RecordCheck> {
  await closeAndSeal(run.platform.client, decisionId);
  await waitUntilCertified(run, decisionId);
  const check = await checkRecord(run.platform.client, decisionId, acknowledged);
  run.checks.push(check);
  for (const difference of describeDifferences(check)) run.log(`DIFFERENCE ${difference}`);
  return check;
}
