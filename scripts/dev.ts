import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { seedDemo, type DemoInstance } from "./demo/seed.ts";
import { findFreePort } from "./local-platform/find-free-port.ts";
import { projectRoot } from "./local-platform/project.ts";
import { keepSecretsEnv } from "./local-platform/secrets-env.ts";
import { stopSignals } from "./local-platform/stop-signals.ts";
import { askWrangler } from "./local-platform/wrangler.ts";
import { welcome } from "./start/welcome.ts";

const secretsName = ".dev.vars";
const ending =
  "Each change of the source is served at once. Ctrl-C stops it; what it knows is in .wrangler/state.";
const readyPollMs = 200;
const log = (line: string): void => console.log(`  ${line}`);

/**
 * `npm run dev [-- --port <n>] [Vite's own options]`: Worker and page from their sources under Vite,
 * with local secrets, migrated databases and the demonstration, until Ctrl-C.
 */
await runMain(async () => {
  const { wanted, others } = readArguments(process.argv.slice(2));
  const { ADMIN_API_KEY: adminKey = "" } = keepSecretsEnv(join(projectRoot, secretsName), {
    keyName: "local",
  });
  await migrateDatabases();
  const port = await findFreePort(wanted);
  if (port !== wanted) log(`port ${wanted} is taken, so this is port ${port}`);

  const options = ["--host=127.0.0.1", `--port=${port}`, "--strictPort", "--logLevel=warn"];
  const server = startVite([...options, ...others]);
  const ended = endOf(server);
  await Promise.race([
    ended,
    sayWhereToLook({ origin: `http://127.0.0.1:${port}`, adminKey }, server),
  ]);
  return ended;
});

function readArguments(given: readonly string[]): { wanted: number; others: string[] } {
  const others = [...given];
  const at = others.findIndex((each) => each === "--port" || each.startsWith("--port="));
  const [option = ""] = at === -1 ? [] : others.splice(at, 1);
  const port = option === "--port" ? others.splice(at, 1)[0] : option.split("=")[1];
  const bounds = { min: 1, max: 65_535, otherwise: 8_787 };
  return { wanted: wholeNumber("port", port, bounds), others };
}

async function migrateDatabases(): Promise<void> {
  log("migrating the local databases …");
  for (const binding of ["DB", "SEARCH_DB"]) {
    const args = ["d1", "migrations", "apply", binding, "--local", "--env="];
    const { hasFailed, said } = await askWrangler(args);
    if (hasFailed) throw new UsageError(`the local ${binding} was not migrated:\n${said}`);
  }
}

function startVite(options: readonly string[]): ChildProcess {
  return spawn("vite", ["dev", ...options], {
    cwd: projectRoot,
    shell: process.platform === "win32",
    stdio: "inherit",
  });
}

/** Signals of a terminal reach Vite by themselves, others through here. */
async function endOf(server: ChildProcess): Promise<number> {
  let isStopping = false;
  for (const signal of Object.keys(stopSignals)) {
    process.on(signal, () => {
      isStopping = true;
      if (signal !== "SIGINT" || !process.stdin.isTTY) server.kill("SIGTERM");
    });
  }
  const [status]: (number | null)[] = await once(server, "exit");
  return isStopping || status === 0 ? exitStatus.ok : exitStatus.failed;
}

/** What fails here stops nothing: a source that is being changed may not run yet. */
async function sayWhereToLook(instance: DemoInstance, server: ChildProcess): Promise<void> {
  while (!(await answers(instance.origin))) {
    if (server.exitCode !== null) return;
    await sleep(readyPollMs);
  }
  try {
    const demo = await seedDemo({ ...instance, log });
    console.log(welcome(instance, demo, { adminKey: `ADMIN_API_KEY in ${secretsName}`, ending }));
  } catch (error) {
    console.error("the demonstration is not there:", error);
  }
}

async function answers(origin: string): Promise<boolean> {
  try {
    const { status } = await fetch(`${origin}/readyz`);
    return status > 0;
  } catch {
    return false;
  }
}
