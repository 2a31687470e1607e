import { exitStatus, runMain } from "./command-line/usage-error.ts";
import { abortOnSignals } from "./command-line/abort-on-signals.ts";
import { readReplayOptions } from "./replay/options.ts";
import { runReplay } from "./replay/run-replay.ts";

await runMain(async () => {
  const options = readReplayOptions(process.argv.slice(2));
  const signal = abortOnSignals();
  if (options.instance === null) {
    // Loaded only here: the platform takes longer to load than a small replay to run.
    const { replayIntoOwnInstance } = await import("./replay/own-instance.ts");
    const { summary, lines, isDrained } = await replayIntoOwnInstance(options, signal);
    console.log([...summary.lines(), ...lines].join("\n"));
    return summary.isExact && isDrained ? exitStatus.ok : exitStatus.differences;
  }
  const summary = await runReplay(options, options.instance, signal);
  console.log(summary.lines().join("\n"));
  return summary.isExact ? exitStatus.ok : exitStatus.differences;
});
