import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/**
 * The tools, with 170 packages and 60 MB of their own: too many for everybody's `npm ci`, for a
 * command that few call. They are fetched into the copy, these versions exactly; 10.0.0 reported
 * survivors that the tests had noticed.
 */
const tools = [
  "@stryker-mutator/core@10.1.1",
  "@stryker-mutator/vitest-runner@10.1.1",
  "@vitest/expect@5.1.1",
];

/** A copy of the repository that may be changed, and the folder around it with the tools. */
export interface RepositoryCopy {
  folder: string;
  toolsFolder: string;
  remove(): void;
}

/** Copies what git knows and does not ignore; the installed packages are only linked. */
export function copyRepository(): RepositoryCopy {
  const toolsFolder = mkdtempSync(join(tmpdir(), "enviro-mutation-"));
  const folder = join(toolsFolder, "repository");
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"]);
  for (const path of listed.toString().split("\0")) {
    if (path === "" || !existsSync(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(path, join(folder, path));
  }
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  installTools(toolsFolder);
  return {
    folder,
    toolsFolder,
    remove: () => rmSync(toolsFolder, { recursive: true, force: true }),
  };
}

/** The runner is to find the repository's own Vitest, not one that it would bring as a peer. */
function installTools(toolsFolder: string): void {
  const options = ["--no-save", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...options, "--prefix", toolsFolder, ...tools], {
    cwd: toolsFolder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  symlinkSync(resolve("node_modules/vitest"), join(toolsFolder, "node_modules/vitest"), "junction");
}
