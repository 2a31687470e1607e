import { spawnSync } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project.ts";

const bundle = "dist/worker/index.js";
const bundleFile = join(projectRoot, bundle);
/** Everything that the Worker and the page are made of. */
const sourcePatterns = [
  "{workers,durable-objects,src}/**/*",
  "{vite,lingui}.config.ts",
  "wrangler.toml",
  "package-lock.json",
];
/** A first build makes a folder in it, after the bundle. */
const builtInto = join("src", "web");

/**
 * Builds the Worker and the page unless the bundle is newer than all its sources, and returns the bundle's path.
 */
export function buildBundle(log: (line: string) => void): string {
  if (isBundleFresh(projectRoot)) return bundleFile;

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

/** Whether the bundle of a project is newer than all its sources. */
export function isBundleFresh(root: string): boolean {
  const built = statSync(join(root, bundle), { throwIfNoEntry: false });
  if (built === undefined) return false;
  return globSync(sourcePatterns, { cwd: root }).every((source) => {
    if (source === builtInto) return true;
    const found = statSync(join(root, source), { throwIfNoEntry: false });
    return found === undefined || found.mtimeMs <= built.mtimeMs;
  });
}
