import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { wholeNumber } from "./command-line/option-values.ts";
import { exitStatus, runMain } from "./command-line/usage-error.ts";
import { driveDemo } from "./demo/drive.ts";
import { seedDemo } from "./demo/seed.ts";
import { bootPlatform } from "./local-platform/boot.ts";
import { findFreePort } from "./local-platform/find-free-port.ts";
import { secretsFile } from "./local-platform/keep-secrets.ts";
import { projectRoot } from "./local-platform/project.ts";
import { untilStopped } from "./local-platform/until-stopped.ts";
import { wipeState } from "./local-platform/wipe-state.ts";
import { welcome } from "./start/welcome.ts";

const stateFolder = join(projectRoot, ".local");
const log = (line: string): void => console.log(`  ${line}`);

/** `npm start [-- --port <n>] [--fresh]`: the whole platform with a demonstration, until Ctrl-C. */
await runMain(async () => {
  const { values } = parseArgs({
    options: { port: { type: "string" }, fresh: { type: "boolean", default: false } },
  });
  const wanted = wholeNumber("port", values.port, { min: 1, max: 65_535, otherwise: 8_787 });
  const stopped = untilStopped({ orStdinEnds: false });
  const ended = new AbortController();
  if (values.fresh) await wipeState(stateFolder);
  const port = await findFreePort(wanted);
  if (port !== wanted) log(`port ${wanted} is taken, so this is port ${port}`);

  const platform = await bootPlatform({ stateFolder, port, log });
  try {
    const instance = { origin: platform.origin, adminKey: platform.adminKey, log };
    const demo = await seedDemo(instance);
    console.log(welcome(platform, demo, relative(process.cwd(), secretsFile(stateFolder))));
    await Promise.race([
      stopped,
      driveDemo({ ...instance, signal: ended.signal }).then(() => stopped),
    ]);
  } finally {
    ended.abort();
    await platform.stop();
  }
  console.log("stopped");
  return exitStatus.ok;
});
