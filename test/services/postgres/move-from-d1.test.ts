import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
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
    expect(runShell(documentedRebuild(), platform).toSorted()).toEqual([closed, open]);
    // What comes after the switch goes to Postgres too.
    expect(await cast(platform, open, 100, { from: 300 })).toBe(100);
    await waitUntilDrained(platform.client, [closed, open]);
    expect(await rowsIn(database, closed)).toHaveLength(700);
    expect(await rowsIn(database, open)).toHaveLength(400);
    const verify = `node src/cli/enviro.ts verify --on "$ON" --all`;
    expect(runShell(verify, platform).join("\n")).toContain(
      "logs = tallies = room = database = results = list",
    );
  });
});

/** The commands that rebuild every decision, as they stand in the paper. */
function documentedRebuild(): string {
  const paper = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const blocks = paper.split("```sh\n").flatMap((part) => part.split("```").slice(0, 1));
  const block = blocks.find((commands) => commands.includes("/rebuild"));
  if (block === undefined) throw new Error("docs/operations.md says no longer how to rebuild");
  return block;
}

/** Lines that commands print; they have to end well. */
function runShell(commands: string, { origin, adminKey }: KafkaPlatform): string[] {
  const env = { ...process.env, ON: origin, ENVIRO_KEY: adminKey };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", commands], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${status}: ${stderr}${stdout}`);
  return stdout.split("\n").filter((line) => line !== "");
}
