// Runs before `npm start`, `npm test` and `npm run check` on whatever Node the machine has (20 or
// later), with nothing installed yet: no imports but Node's own, and no TypeScript.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const projectRoot = new URL("../", import.meta.url);
const wantedLock = new URL("package-lock.json", projectRoot);
/** npm writes this file last, so an installation that was cut short has none, or the one before. */
const installedLock = new URL("node_modules/.package-lock.json", projectRoot);

/**
 * Compares versions, not the times of files: a checkout makes the lock file look new, a copy makes
 * it look old. Looks for each package too: an installation begins by deleting the one before, and
 * may be cut short there.
 * @returns {boolean} whether node_modules holds what package-lock.json asks for, packages of other platforms aside
 */
function isInstalled() {
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(wantedLock, "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === "") continue;
    if (path in installed ? installed[path].version !== version : optional !== true) return false;
    if (path in installed && !existsSync(new URL(`${path}/package.json`, projectRoot)))
      return false;
  }
  return Object.keys(installed).every((path) => path in wanted);
}

if (!isInstalled()) {
  console.log("Installing what package-lock.json asks for (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: projectRoot,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}
