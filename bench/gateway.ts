import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { formatProgressCount } from "../src/cli/command-line/progress-line.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { benchCache } from "./gateway/cache-rows.ts";
import { benchKafka } from "./gateway/kafka-rows.ts";
import { benchRedis } from "./gateway/redis-rows.ts";
import { isServiceRunning, startService, stopService } from "../scripts/services/control.ts";

const log = (line: string): void => console.error(line);
const needed = ["redis", "kafka", "gateway"] as const;

/**
 * `npm run bench:gateway [-- --seconds <n>]`: what the gateway carries, beside what the broker
 * takes without it.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { seconds: { type: "string" } } });
  const seconds = wholeNumber("seconds", values.seconds, { min: 1, max: 300, otherwise: 5 });
  const started = needed.filter((name) => !isServiceRunning(name));
  try {
    for (const name of needed) await startService(name, log);
    const rows = [
      ...(await benchKafka(seconds * 1_000, log)),
      ...(await benchRedis(log)),
      await benchCache(log),
    ];
    const lines = rows.map(({ name, requests, ballots, latencies, elapsedMs, goal }) => [
      name,
      formatProgressCount(Math.round((requests * 1_000) / elapsedMs)),
      ballots === 0 ? "" : formatProgressCount(Math.round((ballots * 1_000) / elapsedMs)),
      latencies.p50.toFixed(1),
      latencies.p99.toFixed(1),
      goal === null ? "" : `${goal.isMet ? "✓" : "✗"} ${goal.text}`,
    ]);
    const header = ["", "requests/s", "ballots/s", "p50 ms", "p99 ms", "goal"];
    console.log(alignColumns([header, ...lines]).join("\n"));
    return exitStatus.ok;
  } finally {
    for (const name of started.toReversed()) await stopService(name, log);
  }
});
