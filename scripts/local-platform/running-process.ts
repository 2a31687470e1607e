import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** What the operating system says of a running process. */
export type RunningProcess = { parentPid: number; residentBytes: number; command: string };

/** Finds a process by its id, or null where none runs. */
export function findProcess(pid: number): RunningProcess | null {
  // Small Linux images have no `ps`, macOS has no /proc.
  return existsSync("/proc/self/status") ? readProcFiles(pid) : askPs(pid);
}

function readProcFiles(pid: number): RunningProcess | null {
  let status: string;
  let command: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
    command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return null;
  }
  const number = (name: string): number =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
  // A process that has died and was not waited for yet has neither memory nor a command line.
  if (command === "") return null;
  return { parentPid: number("PPid"), residentBytes: number("VmRSS") * 1_024, command };
}

function askPs(pid: number): RunningProcess | null {
  const columns = ["-o", "ppid=", "-o", "rss=", "-o", "args="];
  const { status, stdout } = spawnSync("ps", [...columns, "-p", String(pid)], { encoding: "utf8" });
  const found = status === 0 ? /^\s*(\d+)\s+(\d+)\s+(.*)$/m.exec(stdout) : null;
  if (found === null) return null;
  const [, parentPid, residentKib, command = ""] = found;
  return { parentPid: Number(parentPid), residentBytes: Number(residentKib) * 1_024, command };
}
