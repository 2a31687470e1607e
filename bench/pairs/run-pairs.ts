import { join } from "node:path";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { closedLoopConnections, openLoopConnections } from "../votes/settings.ts";
import { mergedPercentiles } from "../votes/load/latencies.ts";
import { startLoadGenerator, type LoadGenerator } from "../votes/load/load-generator.ts";
import type { Pace } from "../votes/load/load-job.ts";
import { startPlatformUnderTest, type PlatformUnderTest } from "../votes/platform-under-test.ts";

/** What one of two platforms did in a round. */
export interface PairedRun {
  votesPerSecond: number;
  /** Of the runtime's processor time, until all are stored: what else the machine does adds little. */
  microsecondsAVote: number;
  /** At half of the rate that was held, on a schedule. */
  p99Ms: number;
}

export interface PairOptions {
  /** Variables of the one and of the other, over those of every bench. */
  variables: readonly [Record<string, string>, Record<string, string>];
  pairs: number;
  /**
   * So many votes a second go to both at once, so that other work slows both in the same moment;
   * null has them take turns at the rate that they hold.
   */
  atOncePerSecond: number | null;
  stateFolder: string;
  log: (line: string) => void;
}

const warmUpMs = 500;
const measureMs = 3_000;
const atOnceMs = 20_000;
const votesMax = 30_000;

/** Both take votes in turn, and who begins changes with each pair; or both at once. */
export async function runPairs({
  variables,
  pairs,
  atOncePerSecond,
  stateFolder,
  log,
}: PairOptions): Promise<(readonly [PairedRun, PairedRun])[]> {
  const loads = [startLoadGenerator(), startLoadGenerator()] as const;
  const [one, other] = [
    await startPlatformUnderTest(join(stateFolder, "one"), log, variables[0]),
    await startPlatformUnderTest(join(stateFolder, "other"), log, variables[1]),
  ];
  try {
    const sides = [await prepare(one, loads[0]), await prepare(other, loads[1])] as const;
    // Getting warm.
    for (const side of sides) await side.run();
    const runBoth = (perSecond: number) =>
      Promise.all([sides[0].runOnSchedule(perSecond), sides[1].runOnSchedule(perSecond)]);
    const runs: (readonly [PairedRun, PairedRun])[] = [];
    for (let pair = 1; pair <= pairs; pair += 1) {
      log(`pair ${pair} of ${pairs}`);
      if (atOncePerSecond !== null) runs.push(await runBoth(atOncePerSecond));
      else if (pair % 2 === 0) {
        const second = await sides[1].run();
        runs.push([await sides[0].run(), second]);
      } else runs.push([await sides[0].run(), await sides[1].run()]);
    }
    return runs;
  } finally {
    await one.stop();
    await other.stop();
    for (const load of loads) await load.stop();
  }
}

async function prepare(platform: PlatformUnderTest, load: LoadGenerator) {
  const decisionId = await platform.openDecision("bench-pairs", 1);
  const send = async (pace: Pace, votes: number, ms = measureMs) => {
    const plan = platform.votesPlan(decisionId, votes);
    const job = { origin: platform.origin, plan, pace, warmUpMs, measureMs: ms };
    const result = await load.run(job);
    if (result.firstFailure !== null) throw new Error(result.firstFailure);
    await platform.stored(decisionId, result.acknowledgedVotes);
    return result;
  };
  return {
    async runOnSchedule(perSecond: number): Promise<PairedRun> {
      const votes = Math.ceil((perSecond * (warmUpMs + atOnceMs)) / 1_000);
      const pace = { kind: "open", connections: openLoopConnections, perSecond } as const;
      const before = cpuSecondsOf(platform.runtimePid);
      const result = await send(pace, votes, atOnceMs);
      const spent = cpuSecondsOf(platform.runtimePid) - before;
      return {
        votesPerSecond: result.requests / result.measuredSeconds,
        microsecondsAVote: (spent * 1e6) / result.acknowledgedVotes,
        p99Ms: mergedPercentiles([result.latencies]).p99Ms,
      };
    },

    async run(): Promise<PairedRun> {
      const closed = { kind: "closed", connections: closedLoopConnections } as const;
      const before = cpuSecondsOf(platform.runtimePid);
      const held = await send(closed, votesMax);
      const spent = cpuSecondsOf(platform.runtimePid) - before;
      const votesPerSecond = held.requests / held.measuredSeconds;
      const perSecond = votesPerSecond / 2;
      const votes = Math.ceil((perSecond * (warmUpMs + measureMs)) / 1_000);
      const onSchedule = { kind: "open", connections: openLoopConnections, perSecond } as const;
      const { latencies } = await send(onSchedule, votes);
      return {
        votesPerSecond,
        microsecondsAVote: (spent * 1e6) / held.acknowledgedVotes,
        p99Ms: mergedPercentiles([latencies]).p99Ms,
      };
    },
  };
}
