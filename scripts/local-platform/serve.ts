import { parseArgs } from "node:util";
import { required, wholeNumber } from "../../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../../src/cli/command-line/usage-error.ts";
import { bootPlatform } from "./boot.ts";
import { untilStopped } from "./until-stopped.ts";

/**
 * `node scripts/local-platform/serve.ts --state <folder> [--port <n>]` serves the platform until
 * SIGTERM, SIGINT or the end of a piped stdin (so it does not outlive a parent that was killed),
 * and prints one JSON line on stdout once it is ready. A SIGKILL of this process leaves `workerd`
 * behind: end `runtime_pid` too, or boot on the same folder again, which ends it first.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: { state: { type: "string" }, port: { type: "string" } },
  });
  const platform = await bootPlatform({
    stateFolder: required("state", values.state),
    port: wholeNumber("port", values.port, { min: 0, max: 65_535, otherwise: 0 }),
    log: (line) => console.error(line),
  });
  const ready = {
    origin: platform.origin,
    admin_key: platform.adminKey,
    token_keys: platform.tokenKeys,
    runtime_pid: platform.process.pid,
  };
  console.log(JSON.stringify(ready));
  await untilStopped({ orStdinEnds: true });
  await platform.stop();
  return exitStatus.ok;
});
