import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ballotsBehind } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { giveToUnprivileged } from "../../../scripts/services/unprivileged.ts";
import { auditOf, cast, openedDecision, readiness } from "../../support/services/kafka-platform.ts";
import { mountSmallDisk, type SmallDisk } from "../../support/services/small-disk.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";

const diskBytes = 32 * 1024 * 1024;
const tablespace = `small_${process.pid}`;

/** A real disk that is really full: the database lives on a small one of its own, mounted for this test, and a file of nothing fills it up. */
describe("Postgres on a disk that is full", () => {
  const folder = mkdtempSync(join(tmpdir(), "enviro-small-disk-"));
  let disk: SmallDisk;
  let on: PostgresPlatform;

  beforeAll(async () => {
    disk = await mountSmallDisk(folder, diskBytes);
    await giveToUnprivileged(folder);
    on = await startPostgresPlatform();
    await asSuperuser(`CREATE TABLESPACE ${tablespace} LOCATION '${folder}'`);
    await asSuperuser(`GRANT CREATE ON TABLESPACE ${tablespace} TO PUBLIC`);
    await asSuperuser(`ALTER DATABASE ${on.database.name} SET default_tablespace = ${tablespace}`);
  });
  afterAll(async () => {
    await on.stop();
    await asSuperuser(`DROP TABLESPACE IF EXISTS ${tablespace}`);
    await disk.unmount();
    rmSync(folder, { recursive: true });
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

    disk.fill();
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

    disk.free();
    await expect.poll(stored, { timeout: 30_000 }).toBe(8_500);
    const after = await auditOf(platform, decisionId);
    expect([ballotsBehind(after), after.database.dead_letters]).toEqual([0, 0]);
  });
});

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.body?.cancel();
  return answer.status;
}
