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

/** The rows of a CSV, once the decision is certified. */
async function whenPublished(address: string): Promise<string[]> {
  for (;;) {
    const answer = await fetch(address);
    const text = await answer.text();
    if (answer.ok) return text.split("\r\n").slice(1, -1);
    expect(text).toContain("publication.not_ready");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Ends a decision's life at this front door: all that was acknowledged is published, once, and recounted. */
export async function expectWholeEnd(traffic: Traffic, origin: string): Promise<void> {
  const { decisionId } = traffic;
  await traffic.play("ending", [origin]);
  const hashes: string[] = [];
  for (const list of ["counted", "others"]) {
    const path = `/api/v1/decisions/${decisionId}/export?format=csv&list=${list}`;
    const rows = await whenPublished(`${origin}${path}`);
    hashes.push(...rows.map((row) => row.split(",")[0] ?? ""));
  }
  expect(hashes.toSorted()).toEqual([...traffic.acknowledged].toSorted());
  const { status, said } = await verify(origin, decisionId);
  expect(status, said).toBe(0);
}
