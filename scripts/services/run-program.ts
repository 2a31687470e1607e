import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Command } from "./service.ts";

const execute = promisify(execFile);

/**
 * Runs a program to its end and returns what it printed; rejects with its stderr where it fails.
 */
export async function runProgram({ file, args, env }: Command): Promise<string> {
  const { stdout } = await execute(file, args, { env: { ...process.env, ...env } });
  return stdout;
}

/** Whether a program ends with status 0. */
export async function succeeds(command: Command): Promise<boolean> {
  try {
    await runProgram(command);
    return true;
  } catch {
    return false;
  }
}
