import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { driveDemo } from "./demo/drive.ts";
import { seedDemo } from "./demo/seed.ts";
import { bootPlatform } from "./local-platform/boot.ts";
import { findFreePort } from "./local-platform/find-free-port.ts";
import { secretsFile } from "./local-platform/keep-secrets.ts";
import { projectRoot } from "./local-platform/project.ts";
import { untilStopped } from "./local-platform/until-stopped.ts";
import { wipeState } from "./local-platform/wipe-state.ts";
import { dropDeployment, keepDeployment } from "./services/deployment.ts";
import { welcome, whereToLook } from "./start/welcome.ts";

const stateFolders = { embedded: ".local", services: ".local/services" };
const ending =
  "Ctrl-C stops it; the next start finds everything again (npm start -- --fresh begins anew).";
const log = (line: string): void => console.log(`  ${line}`);

/**
 * `npm start [-- --port <n>] [--fresh] [--services]`: the whole platform with a demonstration,
 * until Ctrl-C. On its embedded defaults, or with `--services` on Kafka, Postgres and Redis of this
 * machine, with a state of its own.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      fresh: { type: "boolean", default: false },
      services: { type: "boolean", default: false },
    },
  });
  const wanted = wholeNumber("port", values.port, { min: 1, max: 65_535, otherwise: 8_787 });
  const stopped = untilStopped({ orStdinEnds: false });
  const ended = new AbortController();
  const stateFolder = join(projectRoot, stateFolders[values.services ? "services" : "embedded"]);
  if (values.fresh) {
    await wipeState(stateFolder);
    if (values.services) await dropDeployment(stateFolder, log);
  }
  const port = await findFreePort(wanted);
  if (port !== wanted) log(`port ${wanted} is taken, so this is port ${port}`);

  const deployment = values.services ? await keepDeployment(stateFolder, log) : null;
  const vars = { ...deployment?.vars, RATE_LIMITS: "on" };
  const platform = await bootPlatform({ stateFolder, port, log, ...deployment, vars });
  try {
    const instance = { origin: platform.origin, adminKey: platform.adminKey, log };
    const demo = await seedDemo(instance);
    const adminKey = `"adminKey" in ${relative(process.cwd(), secretsFile(stateFolder))}`;
    console.log(welcome(platform, demo, { adminKey, ending }));
    if (deployment !== null) console.log(whereToLook(platform, deployment));
    await Promise.race([
      stopped,
      driveDemo({ ...instance, decisionId: demo.openDecision.id, signal: ended.signal }).then(
        () => stopped,
      ),
    ]);
  } finally {
    ended.abort();
    await platform.stop();
  }
  console.log("stopped");
  return exitStatus.ok;
});
