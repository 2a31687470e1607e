import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
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
import { runDocumented } from "../../support/services/run-documented.ts";
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

  /** What a command of the paper prints; it has to end well. */
  const run = (begins: string): string => {
    const { status, said } = runDocumented(begins, {
      fill: { "https://…": platform.origin },
      env: { ENVIRO_KEY: platform.adminKey },
    });
    expect(status, said).toBe(0);
    return said;
  };

  it("begins with ballots in D1 and none in Postgres", async () => {
    await votedDecision(platform, slugs.closed, { shards: 2, votes: 700 });
    await closeAndSeal(platform.client, closed);
    await openedDecision(platform, slugs.open, 1);
    expect(await cast(platform, open, 300)).toBe(300);
    await waitUntilDrained(platform.client, [closed, open]);
    expect(await storedRows(platform, closed)).toHaveLength(700);
    expect(await rowsIn(database, closed)).toEqual([]);
  });

  it("has every ballot in Postgres after the documented commands, verifies, and certifies what was open", async () => {
    platform = await platform.restart({ DATABASE: "postgres" });
    await expect
      .poll(async () => (await readiness(platform)).database.kind, { timeout: 20_000 })
      .toBe("postgres");
    const begun = run("npx enviro rebuild");
    for (const id of [closed, open]) expect(begun).toContain(`${id}  begun`);
    // What comes after the switch goes to Postgres too.
    expect(await cast(platform, open, 100, { from: 300 })).toBe(100);
    await waitUntilDrained(platform.client, [closed, open]);
    expect(await rowsIn(database, closed)).toHaveLength(700);
    expect(await rowsIn(database, open)).toHaveLength(400);
    const verified = "logs = tallies = room = database = results = list";
    expect(run("npx enviro verify")).toContain(verified);
    await closeAndSeal(platform.client, open);
    const status = async () => (await fetchDecision(platform.client, open)).status;
    await expect.poll(status).toBe("certified");
    expect(run("npx enviro verify")).toContain(verified);
  });
});
