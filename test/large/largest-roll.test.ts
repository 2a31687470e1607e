import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { limits } from "../../src/shared/limits.ts";
import { localId } from "../support/local-id.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-large-"));
const stateFolder = join(folder, "state");
const file = join(folder, "voters.csv");
const slug = "two-million";
const decision = localId(slug);
const path = `/api/v1/decisions/${decision}`;
const voters = limits.rollRowsMax;
const weight = limits.ballotWeightMax;
const linesAtATime = 10_000;
let platform: LocalPlatform;

beforeAll(async () => {
  await writeRoll();
  platform = await bootPlatform({ stateFolder, port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** As many voters as a roll may have, each of the largest weight. */
async function writeRoll(): Promise<void> {
  const stream = createWriteStream(file);
  stream.write("voter_id,weight\n");
  for (let from = 0; from < voters; from += linesAtATime) {
    const lines = Array.from(
      { length: linesAtATime },
      (_, index) => `v${from + index},${weight}\n`,
    );
    if (!stream.write(lines.join(""))) {
      await once(stream, "drain");
    }
  }
  stream.end();
  await finished(stream);
  expect(statSync(file).size).toBeLessThanOrEqual(limits.rollBytesMax);
}

async function ask(method: string, at: string, body?: object): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${platform.adminKey}`,
    "content-type": "application/json",
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${platform.origin}${at}`, { method, headers, ...sent });
  const text = await answer.text();
  expect(answer.ok, `${method} ${at}: ${text.slice(0, 500)}`).toBe(true);
  return JSON.parse(text);
}

/** Runs a command as its user does, and gives its exit status and all it said. */
function run(command: string, ...more: string[]): Promise<{ status: number; said: string }> {
  const instance = ["--on", platform.origin, "--key", platform.adminKey];
  const args = ["src/cli/enviro.ts", command, ...instance, ...more];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

async function restart(): Promise<void> {
  await platform.stop();
  platform = await bootPlatform({ stateFolder, port: 0 });
}

function votes(vote: string) {
  const batch = Array.from({ length: limits.batchVotesMax }, (_, index) => ({
    voter_id: `v${index * 1_999}`,
    vote,
  }));
  return { votes: batch };
}

describe("the largest roll, in a decision's only shard", () => {
  it("is imported, voted by, closed, certified and verified, with restarts between", async () => {
    const draft = {
      slug,
      title: "All that a roll may hold",
      electorate: "roll",
      disclosure: "roll_call",
      ends_early: "by_organiser",
    };
    const terms = { shards: 1, revote_policy: "revisable", stations: "overrides" };
    await ask("POST", "/api/v1/decisions", { ...draft, ...terms });
    const imported = await run("roll", "--decision", decision, "--file", file);
    expect(imported.status, imported.said).toBe(0);
    await restart();
    expect(await ask("GET", `${path}/roll`)).toMatchObject({
      roll: { voters, weight: String(BigInt(voters) * BigInt(weight)) },
    });
    await ask("POST", `${path}/open`);
    const { batchVotesMax: cast } = limits;
    for (const vote of ["yes", "no"]) {
      expect(await ask("POST", `${path}/votes/batch`, votes(vote))).toMatchObject({
        accepted: cast,
      });
      await restart();
    }
    await ask("POST", `${path}/close`);
    expect(await ask("GET", `${path}/results`)).toMatchObject({
      electorate: { voters },
      turnout: { voters: cast, weight: String(BigInt(cast) * BigInt(weight)) },
    });
    await expect
      .poll(() => ask("GET", path), { interval: 1_000, timeout: 600_000 })
      .toMatchObject({ status: "certified" });
    const verified = await run("verify", "--decision", decision);
    expect(verified.status, verified.said).toBe(0);
    expect(verified.said).toContain("every voter on the roll");
  });
});
