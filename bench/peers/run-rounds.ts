import { existsSync } from "node:fs";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { mergedPercentiles, type Percentiles } from "../votes/load/latencies.ts";
import type { LoadGenerator } from "../votes/load/load-generator.ts";
import type { LoadResult, Pace } from "../votes/load/load-job.ts";
import { sum } from "../votes/row.ts";
import { goals, type BenchSettings } from "../votes/settings.ts";
import type { Contender } from "./contender.ts";

/** What a contender did in a round. */
export type RoundResult = Percentiles & {
  requestsPerSecond: number;
  votesPerSecond: number;
  /** Of all processes that serve it, until the votes are settled. */
  processorMicrosecondsEach: number;
  /** The share of the closed loop's time in which the driver's thread was busy. */
  driverUtilization: number;
};

export type Compared = { contender: Contender; rounds: RoundResult[]; acknowledged: number };

export interface RoundsOptions {
  contenders: readonly Contender[];
  rounds: number;
  settings: BenchSettings;
  load: LoadGenerator;
  log: (line: string) => void;
}

/**
 * All in turn, and in the other direction every second round, so that a machine that gets slower
 * or faster favours nobody.
 */
export async function runRounds(options: RoundsOptions): Promise<Compared[]> {
  const { contenders, rounds, log } = options;
  const compared = contenders.map((contender): Compared => ({
    contender,
    rounds: [],
    acknowledged: 0,
  }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of round % 2 === 1 ? compared : compared.toReversed()) {
      log(`round ${round} of ${rounds}: ${one.contender.name}`);
      const { result, acknowledged } = await runRound(options, one.contender);
      one.rounds.push(result);
      one.acknowledged += acknowledged;
    }
  }
  return compared;
}

async function runRound(
  { settings, load }: RoundsOptions,
  contender: Contender,
): Promise<{ result: RoundResult; acknowledged: number }> {
  const { warmUpMs } = settings;
  const send = async (pace: Pace, perSecond: number, measureMs: number): Promise<LoadResult> => {
    const requests = Math.ceil((perSecond * (warmUpMs + measureMs)) / 1_000);
    const { way, origin, plan } = contender;
    const job = { origin: origin(), way, plan: plan(requests), pace, warmUpMs, measureMs };
    const result = await load.run(job);
    if (result.firstFailure !== null) throw new Error(`${contender.name}: ${result.firstFailure}`);
    await contender.settle(result.acknowledgedVotes);
    return result;
  };
  const { closed, open } = contender.inFlight;
  const before = processorSeconds(contender.pids());
  const held = await send(
    { kind: "closed", connections: closed },
    contender.requestsPerSecondMax,
    settings.roundMs,
  );
  const spent = spentSince(before, processorSeconds(contender.pids()));
  const perSecond = held.requests / held.measuredSeconds;
  const share = perSecond * goals.shareOfHeldRate;
  const paced = await send(
    { kind: "open", connections: open, perSecond: share },
    share,
    settings.openLoopMs,
  );
  // An echo acknowledges no vote.
  const answered = held.acknowledgedVotes === 0 ? held.requests : held.acknowledgedVotes;
  const result = {
    requestsPerSecond: perSecond,
    votesPerSecond: held.votes / held.measuredSeconds,
    processorMicrosecondsEach: (spent * 1e6) / answered,
    driverUtilization: held.utilization,
    ...mergedPercentiles([paced.latencies]),
  };
  return { result, acknowledged: held.acknowledgedVotes + paced.acknowledgedVotes };
}

type SecondsByPid = ReadonlyMap<number, number>;

/** A database starts and ends processes of its own. */
function processorSeconds(pids: readonly number[]): SecondsByPid {
  const running = pids.filter((pid) => existsSync(`/proc/${pid}/stat`));
  return new Map(running.map((pid) => [pid, cpuSecondsOf(pid)]));
}

function spentSince(before: SecondsByPid, after: SecondsByPid): number {
  return sum([...after], ([pid, seconds]) => seconds - (before.get(pid) ?? 0));
}
