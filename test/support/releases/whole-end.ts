import { execFile } from "node:child_process";
import { expect } from "vitest";
import { adminKey } from "./releases-platform.ts";
import type { Traffic } from "./traffic.ts";

/** Runs the verification as its user does: it recounts the record and holds all copies against it. */
function verify(origin: string, decisionId: string): Promise<{ status: number; said: string }> {
  const args = ["src/cli/enviro.ts", "verify", "--on", origin, "--key", adminKey];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...args, "--decision", decisionId],
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

/** Ends a decision's life at this front door: all that was acknowledged is published, once, and recounted. */
export async function expectWholeEnd(traffic: Traffic, origin: string): Promise<void> {
  const { decisionId } = traffic;
  await traffic.play("ending", [origin]);
  const exported = await fetch(`${origin}/api/v1/decisions/${decisionId}/export?format=csv`);
  const rows = (await exported.text()).trimEnd().split("\r\n").slice(1);
  const hashes = rows.map((row) => row.split(",").at(-1) ?? "");
  expect(hashes.toSorted()).toEqual([...traffic.acknowledged].toSorted());
  const { status, said } = await verify(origin, decisionId);
  expect(status, said).toBe(0);
}
