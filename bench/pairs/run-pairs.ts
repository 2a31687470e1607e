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
  stateFolder: string;
  log: (line: string) => void;
}

const warmUpMs = 500;
const measureMs = 3_000;
const votesMax = 30_000;

/** Both take votes in turn, and who begins changes with each pair. */
export async function runPairs({
  variables,
  pairs,
  stateFolder,
  log,
}: PairOptions): Promise<(readonly [PairedRun, PairedRun])[]> {
  const load = startLoadGenerator();
  const [one, other] = [
    await startPlatformUnderTest(join(stateFolder, "one"), log, variables[0]),
    await startPlatformUnderTest(join(stateFolder, "other"), log, variables[1]),
  ];
  try {
    const sides = [await prepare(one, load), await prepare(other, load)] as const;
    // Getting warm.
    for (const side of sides) await side.run();
    const runs: (readonly [PairedRun, PairedRun])[] = [];
    for (let pair = 1; pair <= pairs; pair += 1) {
      log(`pair ${pair} of ${pairs}`);
      if (pair % 2 === 0) {
        const second = await sides[1].run();
        runs.push([await sides[0].run(), second]);
      } else runs.push([await sides[0].run(), await sides[1].run()]);
    }
    return runs;
  } finally {
    await one.stop();
    await other.stop();
    await load.stop();
  }
}

async function prepare(platform: PlatformUnderTest, load: LoadGenerator) {
  const decisionId = await platform.openDecision("bench-pairs", 1);
  const send = async (pace: Pace, votes: number) => {
    const plan = platform.votesPlan(decisionId, votes);
    const result = await load.run({ origin: platform.origin, plan, pace, warmUpMs, measureMs });
    if (result.firstFailure !== null) throw new Error(result.firstFailure);
    await platform.stored(decisionId, result.acknowledgedVotes);
    return result;
  };
  return {
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
