import { spawnSync } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project.ts";

const bundleFile = join(projectRoot, "dist/worker/index.js");
/** Everything that the Worker and the page are made of. */
const sourcePatterns = [
  "{workers,durable-objects,src}/**/*",
  "{vite,lingui}.config.ts",
  "wrangler.toml",
  "package-lock.json",
];

/**
 * Builds the Worker and the page unless the bundle is newer than all its sources, and returns the bundle's path.
 */
export function buildBundle(log: (line: string) => void): string {
  if (isFresh()) return bundleFile;

  log("building the Worker and the page …");
  const failure = runBuild();
  if (failure !== null) throw new Error(`npm run build failed:\n${failure}`);
  return bundleFile;
}

/**
 * Builds for an environment of wrangler.toml, production by default. Returns what was printed if
 * that failed.
 */
export function runBuild(environment = ""): string | null {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, CLOUDFLARE_ENV: environment },
    shell: process.platform === "win32",
  });
  return status === 0 ? null : `${stdout}${stderr}`;
}

function isFresh(): boolean {
  const bundle = statSync(bundleFile, { throwIfNoEntry: false });
  if (bundle === undefined) return false;
  const sources = globSync(sourcePatterns, { cwd: projectRoot });
  return sources.every((source) => {
    const found = statSync(join(projectRoot, source), { throwIfNoEntry: false });
    return found === undefined || found.mtimeMs <= bundle.mtimeMs;
  });
}
