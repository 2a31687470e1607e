import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ballotsBehind } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { runProgram } from "../../../scripts/services/run-program.ts";
import { giveToUnprivileged } from "../../../scripts/services/unprivileged.ts";
import { auditOf, cast, openedDecision, readiness } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";

const diskBytes = 32 * 1024 * 1024;
const tablespace = `small_${process.pid}`;

/** A real disk that is really full: the database lives on a small one of its own, mounted for this test, and a file of nothing fills it up. */
describe("Postgres on a disk that is full", () => {
  const disk = mkdtempSync(join(tmpdir(), "enviro-small-disk-"));
  const filling = join(disk, "filling");
  let on: PostgresPlatform;

  beforeAll(async () => {
    await asRoot("mount", "-t", "tmpfs", "-o", `size=${diskBytes}`, "tmpfs", disk);
    await giveToUnprivileged(disk);
    on = await startPostgresPlatform();
    await asSuperuser(`CREATE TABLESPACE ${tablespace} LOCATION '${disk}'`);
    await asSuperuser(`GRANT CREATE ON TABLESPACE ${tablespace} TO PUBLIC`);
    await asSuperuser(`ALTER DATABASE ${on.database.name} SET default_tablespace = ${tablespace}`);
  });
  afterAll(async () => {
    await on.stop();
    await asSuperuser(`DROP TABLESPACE IF EXISTS ${tablespace}`);
    await asRoot("umount", disk);
    rmSync(disk, { recursive: true });
  });

  /** From another database: the one under test is gone at the end. */
  async function asSuperuser(sql: string): Promise<void> {
    const url = new URL(on.database.superuserUrl);
    url.pathname = "/postgres";
    await withClient(url.href, (client) => client.query(sql));
  }

  it("takes votes, makes no dead letters, says what it is, and stores all once there is room", async () => {
    const { platform } = on;
    const decisionId = await openedDecision(platform, "disk-full", 4);
    await cast(platform, decisionId, 500);
    const stored = async () => (await rowsIn(on.database, decisionId)).length;
    await expect.poll(stored, { timeout: 20_000 }).toBe(500);

    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filling, Buffer.alloc(bavail * bsize));
    for (let from = 500; from < 8_500; from += 1_000) {
      expect(await cast(platform, decisionId, 1_000, { from })).toBe(1_000);
    }
    const problems = async () => (await readiness(platform)).vote_log.problems.join();
    await expect.poll(problems, { timeout: 20_000 }).toContain("No space left on device");
    // Most reads need no room; what does is refused for a while, and is no fault of ours.
    const lists = ["/api/v1/decisions", "/api/v1/regions/north/results"];
    for (const list of lists)
      expect([200, 503]).toContain(await statusOf(`${platform.origin}${list}`));
    const audit = await auditOf(platform, decisionId);
    expect(ballotsBehind(audit)).toBeGreaterThan(0);
    expect(audit.database.dead_letters).toBe(0);

    rmSync(filling);
    await expect.poll(stored, { timeout: 30_000 }).toBe(8_500);
    const after = await auditOf(platform, decisionId);
    expect([ballotsBehind(after), after.database.dead_letters]).toEqual([0, 0]);
  });
});

async function asRoot(file: string, ...args: string[]): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  await runProgram(isRoot ? { file, args } : { file: "sudo", args: ["-n", file, ...args] });
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.body?.cancel();
  return answer.status;
}
