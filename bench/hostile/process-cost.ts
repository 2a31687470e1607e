import { readFileSync } from "node:fs";
import { findProcess } from "../../scripts/local-platform/running-process.ts";

/** The kernel's clock ticks a second, as every Linux on our machines has them (man 5 proc). */
const ticksPerSecond = 100;
const sampleMs = 250;

/** Seconds of processor time that a process has taken, its own and the system's for it. */
export function cpuSecondsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the command in brackets, and may have blanks; utime and stime are 14 and 15.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Looks at a process's memory again and again; `stop` gives the most that it had, in bytes. */
export function watchMemory(pid: number): { stop(): number } {
  let most = residentBytesOf(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentBytesOf(pid));
  }, sampleMs);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(most, residentBytesOf(pid));
    },
  };
}

/** The memory that a process has now, in bytes. */
export function residentBytesOf(pid: number): number {
  const found = findProcess(pid);
  if (found === null) throw new Error(`the runtime, process ${pid}, has ended`);
  return found.residentBytes;
}
