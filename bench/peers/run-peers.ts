import { loadavg } from "node:os";
import { startEcho } from "../votes/echo-gauge.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import { startPlatformUnderTest } from "../votes/platform-under-test.ts";
import {
  closedLoopConnections,
  openLoopConnections,
  type BenchSettings,
} from "../votes/settings.ts";
import { compareContenders, type ComparedRow } from "./compare.ts";
import { names, type Contender } from "./contender.ts";
import { startNodePeers } from "./node-contenders.ts";
import { openOurs, ourWays } from "./our-contenders.ts";
import { runRounds, type Compared } from "./run-rounds.ts";

export interface PeersOptions {
  settings: BenchSettings;
  rounds: number;
  /** A part of the names of those of ours that run; all have it by default. */
  only: string;
  stateFolder: string;
  log: (line: string) => void;
}

export interface PeersReport {
  rows: ComparedRow[];
  compared: Compared[];
  /** Of the last minute, before and after. */
  loadAverages: [before: number, after: number];
}

/** All of ours have one shard, then four: on the platform each would have its own thread. */
const shardCounts = [1, 4];

/**
 * Ours and two servers that one would write first, in turn in one run.
 * @throws where a vote was refused, or what is stored is not what was acknowledged
 */
export async function runPeers(options: PeersOptions): Promise<PeersReport> {
  const { settings, rounds, only, stateFolder, log } = options;
  const [loadBefore = 0] = loadavg();
  const load = startLoadGenerator();
  const echo = await startEcho(log);
  const platform = await startPlatformUnderTest(stateFolder, log);
  const peers = await startNodePeers(log);
  try {
    const ours: Contender[] = [];
    for (const shards of shardCounts) {
      for (const way of ourWays.filter(({ name }) => name.includes(only)))
        ours.push(await openOurs(platform, way, shards));
    }
    const contenders = [echoContender(echo), ...peers.contenders, ...ours];
    const compared = await runRounds({ contenders, rounds, settings, load, log });
    for (const each of compared) await holdEqual(each);
    const [loadAfter = 0] = loadavg();
    return { rows: compareContenders(compared), compared, loadAverages: [loadBefore, loadAfter] };
  } finally {
    await peers.stop();
    await platform.stop();
    await echo.stop();
    await load.stop();
  }
}

/** What a request costs this runtime at the least. */
export function echoContender(echo: Awaited<ReturnType<typeof startEcho>>): Contender {
  return {
    name: names.echo,
    against: [],
    aims: {},
    way: "requests",
    inFlight: { closed: closedLoopConnections, open: openLoopConnections },
    // The same request again and again.
    requestsPerSecondMax: 1,
    origin: () => echo.origin,
    plan: () => ({ kind: "echo" }),
    pids: () => [echo.process.pid],
    settle: () => Promise.resolve(),
    countStored: () => Promise.resolve(0),
  };
}

async function holdEqual({ contender, acknowledged }: Compared): Promise<void> {
  const stored = await contender.countStored();
  if (stored !== acknowledged) {
    throw new Error(`${contender.name}: ${acknowledged} votes acknowledged, ${stored} stored`);
  }
}
