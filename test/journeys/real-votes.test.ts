import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-journey-"));
const receipts = join(folder, "receipts.ndjson");
const extract = ["votes", "roll-calls", "voters"].flatMap((name) => [
  `--${name}`,
  `test/data/un-extract/${name.replace("-", "_")}.csv`,
]);
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a script as its user does, and gives its exit status and all it said. */
function run(script: string, args: readonly string[]): Promise<{ status: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

/** Takes one row out of the database's own file, behind everybody's back, and tells whose it was. */
function loseOneBallot(): string {
  const file = globSync(join(folder, "state/**/*D1DatabaseObject/*.sqlite")).find(
    (path) => !path.includes("metadata"),
  );
  if (file === undefined) throw new Error("there is no file of the database");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const lost = database
      .prepare(
        "DELETE FROM votes WHERE (decision_id, shard, seq) IN (SELECT decision_id, shard, seq FROM votes LIMIT 1) RETURNING decision_id",
      )
      .get();
    return String(lost?.["decision_id"]);
  } finally {
    database.close();
  }
}

/** Returns once the database has confirmed to the decision's shard all that was sent to it again. */
async function confirmedAgain(decision: string): Promise<void> {
  const headers = { authorization: `Bearer ${platform.adminKey}` };
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${platform.origin}/api/v1/decisions/${decision}/audit`, {
      headers,
    });
    const { shards } = auditSchema.parse(await answer.json());
    if (shards.every((shard) => shard.confirmed_seq === shard.seq)) return;
    await sleep(100);
  }
  throw new Error("the rebuild did not end within ten seconds");
}

const auditSchema = z.object({
  shards: z.array(z.object({ seq: z.int(), confirmed_seq: z.int() })),
});

const replay = () =>
  run("scripts/replay.ts", [
    "--to",
    platform.origin,
    "--key",
    platform.adminKey,
    "--receipts",
    receipts,
    ...extract,
  ]);
const verify = (...more: string[]) =>
  run("scripts/verify.ts", ["--on", platform.origin, "--key", platform.adminKey, "--all", ...more]);

describe("real roll calls through the deployable bundle", () => {
  it("come out as they went in, whole and by region, and once more the same when they are sent again", async () => {
    const first = await replay();
    expect(first, first.said).toMatchObject({ status: 0 });
    expect(first.said).toMatch(/differences\s+0/);
    const again = await replay();
    expect(again, again.said).toMatchObject({ status: 0 });
    expect(again.said).toMatch(/ 0 accepted/);
  });

  it("are the same in the shards, their tallies, the room and the database, and every receipt is recorded", async () => {
    const { status, said } = await verify("--receipts", receipts);
    expect(status, said).toBe(0);
  });

  it("are found wanting when a receipt names a ballot that is not in the record", async () => {
    const forged = join(folder, "forged.ndjson");
    const [line = ""] = readFileSync(receipts, "utf8").split("\n");
    writeFileSync(
      forged,
      `${line.replace(/"ballot_hash":"[0-9a-f]{8}/, '"ballot_hash":"00000000')}\n`,
    );
    const { status, said } = await verify("--receipts", forged);
    expect(status, said).not.toBe(0);
  });

  it("are found wanting when the database has lost a ballot, until it is rebuilt from the record", async () => {
    const decision = loseOneBallot();
    const lost = await verify("--wait-seconds", "1");
    expect(lost.status, lost.said).not.toBe(0);
    expect(lost.said).toContain(decision);
    const headers = { authorization: `Bearer ${platform.adminKey}` };
    await fetch(`${platform.origin}/api/v1/decisions/${decision}/rebuild`, {
      method: "POST",
      headers,
    });
    await confirmedAgain(decision);
    const rebuilt = await verify();
    expect(rebuilt.status, rebuilt.said).toBe(0);
  });
});
