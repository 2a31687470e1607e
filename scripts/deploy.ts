import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { compareAccount, sayObstacles } from "./deploy/compare-account.ts";
import { describeJoiningTraces, readTracedConfig } from "./deploy/joining-traces.ts";
import { makeMissingSecrets } from "./deploy/make-missing-secrets.ts";
import { readAccount } from "./deploy/read-account.ts";
import { readTarget } from "./deploy/target.ts";
import { runBuild } from "./local-platform/build-bundle.ts";
import { projectRoot } from "./local-platform/project.ts";
import { readSecretsEnv } from "./local-platform/secrets-env.ts";
import { askWrangler, startWrangler } from "./local-platform/wrangler.ts";

/** What the build makes of wrangler.toml, beside the bundle. */
const builtConfig = "dist/worker/wrangler.json";
const log = (line: string): void => console.log(line);

/**
 * `npm run deploy [-- --env <name>] [--create] [--check] [--secrets-file <file>] [--traces-join-votes]`:
 * looks whether the account has what the deployment needs, builds, migrates the databases and deploys. With `--create`
 * it creates what is missing; with `--check` it only looks.
 */
await runMain(async () => {
  const { env, create, check, file, "traces-join-votes": mayJoin } = readOptions();
  const target = readTarget(env);
  const joining = mayJoin ? null : describeJoiningTraces(readTracedConfig(env));
  if (joining !== null) throw new UsageError(joining);
  log(`${target.worker}: looking what there is at Cloudflare …`);
  const given = file === undefined ? [] : Object.keys(readSecretsEnv(file));
  const found = await readAccount(target);
  const comparison = compareAccount(target, found, given);
  const obstacles = sayObstacles(comparison, {
    isCreating: create,
    makesSecrets: create && file === undefined,
  });
  if (obstacles !== null) throw new UsageError(obstacles);
  if (check) return exitStatus.ok;

  const { missing, missingSecrets } = comparison;
  const made = makeMissingSecrets({
    file: join(projectRoot, env === "" ? "secrets.env" : `secrets.${env}.env`),
    missing: missingSecrets,
    deployed: found.secrets ?? [],
  });
  if (made !== null) {
    log(`new secrets are in ${made}: keep them where you keep passwords, then delete the file`);
  }
  log("building the Worker and the page …");
  const failure = runBuild(env);
  if (failure !== null) throw new UsageError(`building failed:\n${failure}`);
  for (const { what, command } of missing) await run(`creating the ${what}`, command);
  for (const { binding, name } of target.databases) {
    const migrate = ["d1", "migrations", "apply", binding, "--remote", `--env=${env}`];
    await run(`migrating the database ${name}`, migrate);
  }
  return deploy(file ?? made);
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      env: { type: "string", short: "e", default: "" },
      create: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      "secrets-file": { type: "string" },
      "traces-join-votes": { type: "boolean", default: false },
    },
  });
  return { ...values, file: values["secrets-file"] };
}

async function run(doing: string, args: readonly string[]): Promise<void> {
  log(`${doing} …`);
  const { hasFailed, said } = await askWrangler(args);
  if (hasFailed) throw new UsageError(`${doing} failed:\n${said}`);
}

/** At this terminal: the first deploy of an account may have a question of its own. */
async function deploy(secretsFile: string | null): Promise<number> {
  const secrets = secretsFile === null ? [] : [`--secrets-file=${secretsFile}`];
  // The environment is in it already.
  const args = ["deploy", `--config=${builtConfig}`, ...secrets];
  const [status]: (number | null)[] = await once(startWrangler(args), "exit");
  if (status !== 0) return exitStatus.failed;
  log("deployed; a minute later `curl --fail-with-body https://…/readyz` tells whether it is well");
  return exitStatus.ok;
}
