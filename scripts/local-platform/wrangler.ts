import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { projectRoot } from "./project.ts";

/** What a run of wrangler came to. */
export interface WranglerAnswer {
  status: number;
  stdout: string;
  /** Both streams, for whoever has to read why it failed. */
  said: string;
}

const shell = process.platform === "win32";
const answerBytesMax = 64 * 1_024 ** 2;

/** Runs wrangler to its end, asking nobody anything: there is no terminal for it. */
export function askWrangler(args: readonly string[]): WranglerAnswer {
  const { status, stdout, stderr, error } = spawnSync("wrangler", args, {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: answerBytesMax,
    shell,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) throw error;
  return { status: status ?? 1, stdout, said: `${stdout}${stderr}` };
}

/** Starts wrangler at this terminal, with which it talks itself. */
export function startWrangler(args: readonly string[]): ChildProcess {
  return spawn("wrangler", args, { cwd: projectRoot, shell, stdio: "inherit" });
}
