import { loadavg } from "node:os";
import { join } from "node:path";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { mergedPercentiles, type Percentiles } from "../votes/load/latencies.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import { startPlatformUnderTest, type PlatformUnderTest } from "../votes/platform-under-test.ts";
import { openLoopConnections } from "../votes/settings.ts";
import { startWatchers, type Seen, type WatcherCounts } from "./watchers-child.ts";

export interface WatchersOptions {
  shards: readonly number[];
  watchers: WatcherCounts;
  votesASecond: number;
  measureMs: number;
  stateFolder: string;
  log: (line: string) => void;
}

/** `seen` is from when a vote was due to when a watcher saw a count with it. */
export interface WatchedRun extends Seen {
  name: string;
  /** From when a vote was due to its receipt; null without votes. */
  voted: Percentiles | null;
  /** All that there was to see. */
  votes: number;
  /** What the runtime took for each message to a watcher; null where it did other work, too. */
  processorMicrosecondsAMessage: number | null;
  /** The share of a processor that the runtime took. */
  runtimeUtilization: number;
  loadAverage: number;
}

const warmUpMs = 3_000;

/** Votes on schedule, while so many watch: of each number of shards one run on a new platform. */
export async function runWatchers(options: WatchersOptions): Promise<WatchedRun[]> {
  const runs: WatchedRun[] = [];
  for (const shards of options.shards) {
    const folder = join(options.stateFolder, String(shards));
    const platform = await startPlatformUnderTest(folder, options.log);
    try {
      runs.push(await runOnce(options, platform, shards));
    } finally {
      await platform.stop();
    }
  }
  return runs;
}

async function runOnce(
  { watchers, votesASecond, measureMs, log }: WatchersOptions,
  platform: PlatformUnderTest,
  shards: number,
): Promise<WatchedRun> {
  const decisionId = await platform.openDecision(`bench-watchers-${shards}`, shards, {
    disclosure: "roll_call",
    expected_watchers: watchers.stream + watchers.socket,
  });
  const child = startWatchers();
  const load = startLoadGenerator();
  try {
    log(`${shards} shards: opening ${watchers.stream} streams and ${watchers.socket} sockets`);
    const { origin } = platform;
    await child.open(origin, decisionId, watchers);
    log(`${votesASecond} votes a second for ${measureMs / 1_000} s`);
    const seconds = (warmUpMs + measureMs) / 1_000;
    const before = cpuSecondsOf(platform.runtimePid);
    const result = await load.run({
      origin,
      plan: platform.votesPlan(decisionId, Math.ceil(votesASecond * seconds)),
      pace: { kind: "open", connections: openLoopConnections, perSecond: votesASecond },
      warmUpMs,
      measureMs,
    });
    const runtimeUtilization = (cpuSecondsOf(platform.runtimePid) - before) / seconds;
    if (result.firstFailure !== null) throw new Error(result.firstFailure);
    const votes = result.acknowledgedVotes;
    const schedule = {
      startedAt: result.startedAt,
      perSecond: votesASecond,
      from: (warmUpMs / 1_000) * votesASecond,
      to: votes,
    };
    return {
      name: shards === 1 ? "1 shard" : `${shards} shards`,
      ...(await child.report(schedule, votes)),
      voted: mergedPercentiles([result.latencies]),
      votes,
      processorMicrosecondsAMessage: null,
      runtimeUtilization,
      loadAverage: loadavg()[0] ?? 0,
    };
  } finally {
    child.stop();
    await load.stop();
  }
}
