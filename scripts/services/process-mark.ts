import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/**
 * A process that stays itself: its id may go to another program once it has ended, its id and start
 * together never.
 */
export const processMarkSchema = z.object({ pid: z.int().positive(), startedAt: z.string() });
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** Marks a process that runs now; null where none has this id. */
export function markProcess(pid: number): ProcessMark | null {
  const startedAt = existsSync("/proc/self/stat") ? readStart(pid) : askStart(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** Whether the marked process still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return markProcess(mark.pid)?.startedAt === mark.startedAt;
}

/** The marked process and all that it started, however deep. */
export function withDescendants(mark: ProcessMark): ProcessMark[] {
  const { status, stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = status === 0 ? stdout.trim().split("\n") : [];
  const known = new Set([mark.pid]);
  // A child may be listed before its parent, so a pass over the list is repeated while it finds
  // more.
  for (let before = 0; before < known.size;) {
    before = known.size;
    for (const pair of pairs) {
      const [pid, parent] = pair.trim().split(/\s+/).map(Number);
      if (pid !== undefined && parent !== undefined && known.has(parent)) known.add(pid);
    }
  }
  return [...known].map(markProcess).filter((each) => each !== null);
}

/**
 * Clock ticks from the machine's start, the 22nd field; the second, the program's name in brackets,
 * may hold spaces.
 */
function readStart(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const isZombie = fields[0] === "Z";
    return isZombie ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function askStart(pid: number): string | null {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : null;
}
