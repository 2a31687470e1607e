import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { documentedCommand } from "./documented-command.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));

export interface DocumentedRun {
  /** What the paper leaves open, each with what is put in its place. */
  fill?: Record<string, string>;
  env: Record<string, string>;
  /** Where files of the command are; the project where it is left out. */
  folder?: string;
}

/** Runs a command of docs/operations.md as it stands there: how it ended, and all that it printed. */
export function runDocumented(
  begins: string,
  { fill = {}, env, folder = project }: DocumentedRun,
): { status: number | null; said: string } {
  const command = documentedCommand({ paper: "docs/operations.md", begins, fill });
  const cwd = begins.startsWith("npx ") ? project : folder;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status, said: `${stdout}${stderr}` };
}
