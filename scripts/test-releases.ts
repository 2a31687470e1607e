import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./local-platform/project.ts";

const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
const beforeFile = join(projectRoot, ".ci/release-before");

/** Plays the recorded traffic between this source and a commit: the one named, or the file's. */
function run(): number {
  const wanted = process.argv[2] ?? readFileSync(beforeFile, "utf8").trim();
  const found = spawnSync("git", ["rev-parse", "--verify", "--quiet", `${wanted}^{commit}`], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  if (found.status !== 0) {
    console.error(`${wanted} is no commit of this clone; a shallow one has only the newest.`);
    return 2;
  }
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--config", "vitest.releases.config.ts"],
    {
      cwd: projectRoot,
      env: { ...process.env, RELEASE_BEFORE: found.stdout.trim() },
      stdio: "inherit",
    },
  );
  return status ?? 1;
}

process.exitCode = run();
