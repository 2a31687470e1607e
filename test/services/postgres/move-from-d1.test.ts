import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal } from "../../../src/cli/api/decisions.ts";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import {
  cast,
  openedDecision,
  readiness,
  startKafkaPlatform,
  storedRows,
  votedDecision,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { documentedCommand } from "../../support/services/documented-command.ts";
import { rowsIn } from "../../support/services/postgres-platform.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";
import { localId } from "../../support/local-id.ts";

const slugs = { closed: "closed-on-d1", open: "open-on-d1" };
const [closed, open] = [localId(slugs.closed), localId(slugs.open)];

/** As docs/operations.md says, when D1 fills up. */
describe("moving from D1 to Postgres", () => {
  let platform: KafkaPlatform;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    platform = await startKafkaPlatform({ DATABASE: "d1" }, database.workerUrl);
  });
  afterAll(async () => {
    await platform.stop();
    await database.drop();
  });

  it("begins with ballots in D1 and none in Postgres", async () => {
    await votedDecision(platform, slugs.closed, { shards: 2, votes: 700 });
    await closeAndSeal(platform.client, closed);
    await openedDecision(platform, slugs.open, 1);
    expect(await cast(platform, open, 300)).toBe(300);
    await waitUntilDrained(platform.client, [closed, open]);
    expect(await storedRows(platform, closed)).toHaveLength(700);
    expect(await rowsIn(database, closed)).toEqual([]);
  });

  it("has every ballot in Postgres after the documented commands, and verifies", async () => {
    platform = await platform.restart({ DATABASE: "postgres" });
    await expect
      .poll(async () => (await readiness(platform)).database.kind, { timeout: 20_000 })
      .toBe("postgres");
    const begun = runDocumented("npx enviro rebuild", platform);
    expect(begun.map((line) => line.replace(/^\d\/2 {2}/, "")).toSorted()).toEqual([
      `${closed}  begun`,
      `${open}  begun`,
    ]);
    // What comes after the switch goes to Postgres too.
    expect(await cast(platform, open, 100, { from: 300 })).toBe(100);
    await waitUntilDrained(platform.client, [closed, open]);
    expect(await rowsIn(database, closed)).toHaveLength(700);
    expect(await rowsIn(database, open)).toHaveLength(400);
    expect(runDocumented("npx enviro verify", platform).join("\n")).toContain(
      "logs = tallies = room = database = results = list",
    );
  });
});

/** Lines that a command of the paper prints; it has to end well. */
function runDocumented(begins: string, { origin, adminKey }: KafkaPlatform): string[] {
  const fill = { "https://…": origin };
  const command = documentedCommand({ paper: "docs/operations.md", begins, fill });
  const env = { ...process.env, ENVIRO_KEY: adminKey };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${status}: ${stderr}${stdout}`);
  return stdout.split("\n").filter((line) => line !== "");
}
