import { chownSync } from "node:fs";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";
import type { Command } from "./service.ts";

/** Who runs what refuses to run as root; the user comes with the Debian package `postgresql`. */
const user = "postgres";

const isRoot = process.getuid?.() === 0;

/** Gives a folder to the user that an unprivileged command runs as. */
export async function giveToUnprivileged(folder: string): Promise<void> {
  if (!isRoot) return;
  const [userId, groupId] = await Promise.all([
    runProgram({ file: "id", args: ["-u", user] }),
    runProgram({ file: "id", args: ["-g", user] }),
  ]);
  chownSync(folder, Number(userId), Number(groupId));
}

/**
 * The command as somebody other than root, in the same process. It keeps the one right that it
 * needs: to reach its folder, also where the project lies below a home that is root's alone, as in
 * many a container.
 */
export function unprivileged({ file, args, ...rest }: Command): Command {
  if (!isRoot) return { file, args, ...rest };
  const setpriv = findProgram("setpriv", "util-linux");
  const rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const who = [`--reuid=${user}`, `--regid=${user}`, "--init-groups"];
  return { file: setpriv, args: [...who, ...rights, "--", file, ...args], ...rest };
}
