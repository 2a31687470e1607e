import { spawnSync } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project.ts";

const bundleFile = join(projectRoot, "dist/index.js");
/**
 * Everything the bundle is made of. The page is not in it: the platform serves its files as they
 * are.
 */
const sourcePatterns = ["{workers,durable-objects,src}/**/*", "wrangler.toml", "package-lock.json"];

/**
 * Builds the Worker unless the bundle is newer than all its sources, and returns the bundle's path.
 */
export function buildBundle(log: (line: string) => void): string {
  if (isFresh()) return bundleFile;

  log("building the Worker …");
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`);
  return bundleFile;
}

function isFresh(): boolean {
  const bundle = statSync(bundleFile, { throwIfNoEntry: false });
  if (bundle === undefined) return false;
  const sources = globSync(sourcePatterns, { cwd: projectRoot, exclude: ["src/web/**"] });
  return sources.every((source) => {
    const found = statSync(join(projectRoot, source), { throwIfNoEntry: false });
    return found === undefined || found.mtimeMs <= bundle.mtimeMs;
  });
}
