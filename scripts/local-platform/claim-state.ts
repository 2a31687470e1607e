import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import { findProcess } from "./running-process.ts";

const claimSchema = z.object({ hostPid: z.int(), runtimePid: z.int() });

const deathPollMs = 20;
const deathPatienceMs = 10_000;

/**
 * Says in the state folder which processes use it, for the next boot and for whoever has to find
 * the runtime.
 */
export function writeClaim(stateFolder: string, runtimePid: number): void {
  const claim = { hostPid: process.pid, runtimePid };
  writeFileSync(claimFile(stateFolder), `${JSON.stringify(claim)}\n`);
}

export function dropClaim(stateFolder: string): void {
  rmSync(claimFile(stateFolder), { force: true });
}

/**
 * Makes sure that no other runtime writes to a state folder: two on one set of SQLite files would
 * each count without the other. A runtime whose host was killed is an orphan that nobody will stop,
 * so it is ended here. One with a living host is left alone, and this rejects.
 */
export async function endOrphan(stateFolder: string): Promise<void> {
  const claim = readClaim(stateFolder);
  if (claim === null) return;
  const runtime = findProcess(claim.runtimePid);
  // The id may have gone to an unrelated program since; ours is a workerd.
  if (runtime === null || !runtime.command.includes("workerd")) return;
  if (runtime.parentPid === claim.hostPid) {
    throw new UsageError(
      `${stateFolder} is in use: process ${claim.hostPid} runs the platform on it`,
    );
  }
  process.kill(claim.runtimePid, "SIGKILL");
  const giveUpAt = Date.now() + deathPatienceMs;
  while (findProcess(claim.runtimePid) !== null && Date.now() < giveUpAt) await sleep(deathPollMs);
}

function readClaim(stateFolder: string): z.infer<typeof claimSchema> | null {
  try {
    return claimSchema.parse(JSON.parse(readFileSync(claimFile(stateFolder), "utf8")));
  } catch {
    // Missing, or cut short by a power failure that no runtime outlived.
    return null;
  }
}

function claimFile(stateFolder: string): string {
  return join(stateFolder, "runtime.json");
}
