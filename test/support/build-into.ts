import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const vite = resolve("node_modules/vite/bin/vite.js");

/** Builds the Worker and the page of a folder of sources into another folder. */
export function buildInto(
  outFolder: string,
  sourceFolder: string,
  env: Record<string, string> = {},
): void {
  execFileSync(process.execPath, [vite, "build", "--logLevel=error", "--outDir", outFolder], {
    cwd: sourceFolder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
}
