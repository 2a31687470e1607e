import { runCommandLine } from "../src/cli/command-line/run-command-line.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { abortOnSignals } from "../src/cli/command-line/abort-on-signals.ts";
import {
  addReplayOptions,
  readReplayOptions,
  type ReplayFlags,
} from "../src/cli/commands/replay.ts";
import { replayIntoOwnInstance } from "./replay/own-instance.ts";

type Flags = ReplayFlags & { services?: true };

/**
 * `npm run bench:replay -- --votes … [--services]`: replays into an instance that is booted for it.
 */
await runMain(() =>
  runCommandLine(process.argv.slice(2), (program, act) => {
    addReplayOptions(program)
      .name("npm run bench:replay --")
      .usage("--votes <file> --roll-calls <file> --voters <file> [options]")
      .description(
        "Boots an instance of its own, empty, in .local/replay, replays a file of votes into it, and waits until its database has every ballot.",
      )
      .option(
        "--services",
        "on Kafka, Postgres and Redis of this machine, started where they do not run",
      )
      .action(act(replayHere));
  }),
);

async function replayHere(flags: Flags): Promise<number> {
  const { summary, lines, isDrained } = await replayIntoOwnInstance({
    options: readReplayOptions(flags),
    isOnServices: flags.services === true,
    signal: abortOnSignals(),
  });
  console.log([...summary.lines(), ...lines].join("\n"));
  return summary.isExact && isDrained ? exitStatus.ok : exitStatus.differences;
}
