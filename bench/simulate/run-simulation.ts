import { assumedTimes } from "../../src/planner/latency.ts";
import { planDefaults } from "../../src/planner/plan-input.ts";
import { planDeployment, type DeploymentPlan } from "../../src/planner/plan.ts";
import { ballotsASecond, plannedShare } from "../../src/planner/sizes.ts";
import { limits } from "../../src/shared/limits.ts";
import { arrivals, skewedMs, type Draw } from "./seeded.ts";
import { seededRandom } from "../kill-test/random.ts";
import { simulateShard } from "./simulate-shard.ts";
import {
  simulateOutbox,
  simulateWriter,
  type Lag,
  type SimulatedRecord,
} from "./simulate-writer.ts";

/** What is played: votes a second over decisions of so many shards, for some seconds. */
export interface Scenario {
  votesPerSecond: number;
  decisions: number;
  shards: number;
  seconds: number;
  seed: number;
}

export interface Simulation {
  scenario: Scenario;
  votes: number;
  /** Of a vote from the edge and back, in ms, sorted. */
  latencies: Float64Array;
  /** The share of its time that a shard's thread works. */
  load: number;
  votesACommit: number;
  lags: readonly Lag[];
  plan: DeploymentPlan;
}

/**
 * All of a vote on one thread, by `npm run bench` of 29 November 2026: 1,941 a second, with HTTP, the
 * Worker and its share of a commit. A shard of its own has less to do.
 */
const measuredVoteMs = 1_000 / 1_941;

/** Plays a scenario. The same seed gives the same. */
export function runSimulation(scenario: Scenario): Simulation {
  const { votesPerSecond, decisions, shards, seconds, seed } = scenario;
  const draw = seededRandom(seed);
  const rate = votesPerSecond / decisions / shards;
  const latencies: number[] = [];
  const records: SimulatedRecord[] = [];
  let [busyMs, commitCount] = [0, 0];
  for (let shard = 0; shard < decisions * shards; shard += 1) {
    const moments = arrivals(draw, rate, seconds * 1_000);
    const run = simulateShard(moments, shardTimesAt(rate));
    busyMs += run.busyMs;
    commitCount += run.commits.length;
    for (const { from, to, doneAt } of run.commits) {
      const durableAt = doneAt + skewedMs(draw, assumedTimes.commit);
      for (let vote = from; vote < to; vote += 1)
        latencies.push(durableAt - (moments[vote] ?? 0) + wayMs(draw));
    }
    records.push(...simulateOutbox(run.commits));
  }
  const plan = planDeployment({ ...planDefaults, votesPerSecond, decisions });
  return {
    scenario,
    votes: latencies.length,
    latencies: Float64Array.from(latencies).toSorted(),
    load: busyMs / (decisions * shards * seconds * 1_000),
    votesACommit: latencies.length / commitCount,
    lags: simulateWriter(records, databaseRate(plan)),
    plan,
  };
}

/** By the rate of a shard, as `commit-window.ts` has it. */
function shardTimesAt(rate: number) {
  const isWaited = 1_000 / rate <= limits.commitWaitMsMax;
  return {
    voteMs: measuredVoteMs,
    commitMs: 0,
    windowMs: isWaited ? limits.commitWaitMsMax : 0,
    enough: isWaited ? limits.commitBallotsEnough : 1,
    batchMax: limits.commitBallotsMax,
  };
}

function wayMs(draw: Draw): number {
  return skewedMs(draw, assumedTimes.worker) + skewedMs(draw, assumedTimes.wayToShard);
}

/** What is planned for of the database that the plan has, with the processors that it has. */
function databaseRate({ database, postgres }: DeploymentPlan): number {
  const measured = ballotsASecond[database] * plannedShare;
  return postgres === null ? measured : (measured * postgres.server.processors) / 2;
}

/** How long 99 of 100 records wait for the database at most, in ms. */
export function lag99(lags: readonly Lag[]): number {
  return quantile(Float64Array.from(lags, ({ lagMs }) => lagMs).toSorted(), 0.99);
}

/** The value that this share of sorted values does not pass. */
export function quantile(sorted: Float64Array, share: number): number {
  const index = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, index))] ?? Number.NaN;
}
