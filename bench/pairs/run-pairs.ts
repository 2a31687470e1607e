import { join } from "node:path";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { bulkConnections, closedLoopConnections, openLoopConnections } from "../votes/settings.ts";
import { mergedPercentiles } from "../votes/load/latencies.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import type { Pace } from "../votes/load/load-job.ts";
import { startPlatformUnderTest } from "../votes/platform-under-test.ts";

/** What a platform is made of. */
interface PairedSide {
  /** Over those of every bench. */
  variables: Record<string, string>;
  /** A build in place of `dist`. */
  buildFolder: string | undefined;
}

/** What a platform did in a round. */
export interface PairedRun {
  votesPerSecond: number;
  /** Of the runtime's processor time, until all are stored: what else the machine does adds little. */
  microsecondsAVote: number;
  /** On a schedule, the same for all platforms. */
  p99Ms: number;
}

/** A round of all three: with something, without it, and without it once more, which is what chance makes. */
export interface PairedRound {
  one: PairedRun;
  other: PairedRun;
  otherAgain: PairedRun;
}

export interface PairOptions {
  sides: readonly [PairedSide, PairedSide];
  rounds: number;
  shards: number;
  /** Votes that a station sends in each request; null where each voter sends one. */
  votesEach: number | null;
  /**
   * So many requests a second go to all at once, so that other work slows all in the same moment; null
   * has them take turns.
   */
  atOncePerSecond: number | null;
  stateFolder: string;
  log: (line: string) => void;
}

const warmUpMs = 500;
const measureMs = 3_000;
const scheduleMs = 6_000;
const atOnceMs = 20_000;
const votesMax = 30_000;
const bulkVotesMax = 400_000;
/** On a machine with much other work: fewer would say nothing of the slowest in a hundred. */
const perSecondMin = 50;
/** Each platform is as often first, second and third. */
const orders = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
  [0, 2, 1],
  [2, 0, 1],
  [1, 0, 2],
] as const;

/** All take votes in turn, in another order each round; or all at once. */
export async function runPairs(options: PairOptions): Promise<PairedRound[]> {
  const { rounds, votesEach, atOncePerSecond, log } = options;
  const [withIt, withoutIt] = options.sides;
  const sides: Side[] = [];
  try {
    for (const [index, side] of [withIt, withoutIt, withoutIt].entries())
      sides.push(await startSide(String(index), side, options));
    // Getting warm; then all are asked what they hold.
    for (const side of sides) await side.hold();
    const held: number[] = [];
    for (const side of sides) held.push((await side.hold()).votesPerSecond / (votesEach ?? 1));
    const perSecond = atOncePerSecond ?? Math.max(perSecondMin, Math.floor(Math.min(...held) / 2));
    const runs: PairedRound[] = [];
    for (let round = 0; round < rounds; round += 1) {
      log(`round ${round + 1} of ${rounds}, ${perSecond} requests a second on schedule`);
      const done: PairedRun[] = [];
      if (atOncePerSecond !== null)
        done.push(...(await Promise.all(sides.map((side) => side.keepTo(perSecond, atOnceMs)))));
      else
        for (const index of orders[round % orders.length] ?? []) {
          const side = sides[index];
          if (side === undefined) continue;
          const { p99Ms } = await side.keepTo(perSecond, scheduleMs);
          done[index] = { ...(await side.hold()), p99Ms };
        }
      const [one, other, otherAgain] = done;
      if (one === undefined || other === undefined || otherAgain === undefined)
        throw new Error("a platform has not run");
      runs.push({ one, other, otherAgain });
    }
    return runs;
  } finally {
    for (const side of sides) await side.stop();
  }
}

interface Side {
  /** As many votes as it takes. */
  hold(): Promise<Omit<PairedRun, "p99Ms">>;
  /** So many requests a second. */
  keepTo(perSecond: number, ms: number): Promise<PairedRun>;
  stop(): Promise<void>;
}

async function startSide(
  name: string,
  { variables, ...build }: PairedSide,
  { shards, votesEach, stateFolder, log }: PairOptions,
): Promise<Side> {
  const load = startLoadGenerator();
  const folder = join(stateFolder, name);
  const platform = await startPlatformUnderTest(folder, log, variables, build);
  const decisionId = await platform.openDecision("bench-pairs", shards);
  const send = async (pace: Pace, requests: number, ms: number) => {
    const plan =
      votesEach === null
        ? platform.votesPlan(decisionId, requests)
        : platform.batchesPlan(decisionId, requests, votesEach);
    const before = cpuSecondsOf(platform.runtimePid);
    const job = { origin: platform.origin, plan, pace, warmUpMs, measureMs: ms };
    const result = await load.run(job);
    if (result.firstFailure !== null) throw new Error(result.firstFailure);
    await platform.stored(decisionId, result.acknowledgedVotes);
    const spent = cpuSecondsOf(platform.runtimePid) - before;
    return {
      votesPerSecond: result.votes / result.measuredSeconds,
      microsecondsAVote: (spent * 1e6) / result.acknowledgedVotes,
      p99Ms: mergedPercentiles([result.latencies]).p99Ms,
    };
  };
  const [atOnce, requestsMax] =
    votesEach === null
      ? [closedLoopConnections, votesMax]
      : [bulkConnections, Math.ceil(bulkVotesMax / votesEach)];
  const connections = votesEach === null ? openLoopConnections : bulkConnections;
  return {
    hold: () => send({ kind: "closed", connections: atOnce }, requestsMax, measureMs),
    keepTo: (perSecond, ms) => {
      const requests = Math.ceil((perSecond * (warmUpMs + ms)) / 1_000);
      return send({ kind: "open", connections, perSecond }, requests, ms);
    },
    stop: async () => {
      await platform.stop();
      await load.stop();
    },
  };
}
