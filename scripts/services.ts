import { parseArgs } from "node:util";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { isServiceRunning, startMissing, stopService } from "./services/control.ts";
import { serviceNames, type ServiceName } from "./services/service.ts";
import { readServiceState } from "./services/state-file.ts";

const log = (line: string): void => console.log(line);

/**
 * `npm run services [-- start|stop|status] [--only redis,postgres]`: the real servers, on this
 * machine, without containers.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { only: { type: "string" } },
    allowPositionals: true,
  });
  const names = readNames(values.only);
  const [action = "start"] = positionals;
  if (action === "start") await startMissing(names, log);
  else if (action === "stop") await stopAll(names);
  else if (action !== "status") throw new UsageError(`start, stop or status, not "${action}"`);
  if (action !== "stop") for (const name of names) log(describe(name));
  return exitStatus.ok;
});

/** The last one first: it may need the others to end well. */
async function stopAll(names: readonly ServiceName[]): Promise<void> {
  for (const name of names.toReversed()) {
    if (!isServiceRunning(name)) continue;
    await stopService(name, log);
    log(`stopped ${name}`);
  }
}

function describe(name: ServiceName): string {
  const state = readServiceState(name);
  if (state === null || !isServiceRunning(name)) return `${name.padEnd(9)} is not running`;
  const address = Object.entries(state.address).map(([key, value]) => `  ${key} ${value}`);
  return [`${name.padEnd(9)} pid ${state.process?.pid}`, ...address].join("\n");
}

function readNames(only: string | undefined): readonly ServiceName[] {
  if (only === undefined) return serviceNames;
  const wanted = only.split(",");
  const unknown = wanted.filter((name) => !serviceNames.some((known) => known === name));
  if (unknown.length === 0) return serviceNames.filter((name) => wanted.includes(name));
  throw new UsageError(
    `--only takes ${serviceNames.join(", ")}; there is no ${unknown.join(", ")}`,
  );
}
