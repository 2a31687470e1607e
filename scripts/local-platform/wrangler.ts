import { execFile, spawn, type ChildProcess } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { projectRoot } from "./project.ts";

/** What a run of wrangler came to. */
export interface WranglerAnswer {
  hasFailed: boolean;
  stdout: string;
  /** Both streams, for whoever has to read why it failed. */
  said: string;
}

const shell = process.platform === "win32";
const answerBytesMax = 64 * 1_024 ** 2;

/** Runs wrangler to its end, asking nobody anything: there is no terminal for it. */
export function askWrangler(args: readonly string[]): Promise<WranglerAnswer> {
  const options = {
    cwd: projectRoot,
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: answerBytesMax,
    shell,
  };
  return new Promise((resolve) => {
    const child = execFile("wrangler", args, options, (error, stdout, stderr) => {
      const said = stripVTControlCharacters(`${stdout}${stderr}` || (error?.message ?? ""));
      resolve({ hasFailed: error !== null, stdout, said });
    });
    child.stdin?.end();
  });
}

/** Starts wrangler at this terminal, with which it talks itself. */
export function startWrangler(args: readonly string[]): ChildProcess {
  return spawn("wrangler", args, { cwd: projectRoot, shell, stdio: "inherit" });
}
