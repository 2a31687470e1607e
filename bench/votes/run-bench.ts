import { benchBulkVotes } from "./bulk-votes.ts";
import type { BenchRun } from "./bench-run.ts";
import { startEchoGauge } from "./echo-gauge.ts";
import { measureGenerator } from "./generator-limit.ts";
import { startLoadGenerator } from "./load/load-generator.ts";
import { startPlatformUnderTest } from "./platform-under-test.ts";
import { toRow, type Measurement } from "./row.ts";
import { goals, type BenchSettings } from "./settings.ts";
import { benchShardSizes, type ShardSizes } from "./shard-size.ts";
import { benchSocketVotes } from "./socket-votes.ts";
import { benchSingleVotes } from "./single-votes.ts";

export type BenchOptions = {
  settings: BenchSettings;
  shards: number;
  stateFolder: string;
  log: (line: string) => void;
};

export type BenchResult = Pick<BenchRun, "rows" | "checks" | "remarks"> & { sizes: ShardSizes };

/** Runs all phases against a platform in a state folder that should be empty. */
export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { settings, shards, stateFolder, log } = options;
  const load = startLoadGenerator();
  const platform = await startPlatformUnderTest(stateFolder, log);
  const echo = await startEchoGauge(load, settings, log);
  try {
    const found = { rows: [], checks: [], remarks: [] };
    const run: BenchRun = { settings, shards, stateFolder, platform, load, echo, log, ...found };
    log("the generator alone, then the runtime alone");
    const generator = await measureGenerator(load, settings);
    const hello = await echo.around(() => echo.hello());

    const share = goals.shareOfHeldRate;
    const paced = await echo.onSchedule(share);
    await benchSingleVotes(run);
    await benchBulkVotes(run);
    await benchSocketVotes(run);
    const sizes = await benchShardSizes(run);

    const allEchoes: Measurement = { results: echo.runs(), echoPerSecond: echo.meanPerSecond() };
    const baseline = [
      toRow("load generator alone", { results: [generator], echoPerSecond: echo.meanPerSecond() }),
      toRow("hello, no framework", { results: [hello.result], echoPerSecond: hello.echoPerSecond }),
      toRow(`JSON echo, no framework (${echo.runs().length} runs)`, allEchoes),
      toRow(`  on schedule at ${share * 100} % of that`, {
        results: [paced],
        echoPerSecond: echo.meanPerSecond(),
      }),
    ];
    return { rows: [...baseline, ...run.rows], checks: run.checks, remarks: run.remarks, sizes };
  } finally {
    await echo.stop();
    await platform.stop();
    await load.stop();
  }
}
