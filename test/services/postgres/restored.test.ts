import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
import {
  dropVotingDatabase,
  keepEmptyDatabase,
} from "../../../scripts/services/voting-database.ts";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { localId } from "../../support/local-id.ts";
import { cast, openedDecision } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { runDocumented } from "../../support/services/run-documented.ts";

const slug = "restored";
const decisionId = localId(slug);

/** As docs/operations.md says, where a database is lost and there is a backup. */
describe("a Postgres that is restored from a backup", () => {
  let on: PostgresPlatform;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "restored-"));
    on = await startPostgresPlatform();
    await openedDecision(on.platform, slug, 2);
  });
  afterAll(async () => {
    await on.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (begins: string) =>
    runDocumented(begins, {
      fill: begins.startsWith("npx ") ? { "https://…": on.platform.origin } : {},
      env: { ENVIRO_KEY: on.platform.adminKey, POSTGRES_URL: on.database.ownerUrl },
      folder,
    });
  const stored = async () => (await rowsIn(on.database, decisionId)).length;

  it("has by then what it had when that was made, which `verify` tells", async () => {
    expect(await cast(on.platform, decisionId, 400)).toBe(400);
    await waitUntilDrained(on.platform.client, [decisionId]);
    expect(run('pg_dump "$POSTGRES_URL" --format custom --file voting.dump').status).toBe(0);
    expect(await cast(on.platform, decisionId, 300, { from: 400 })).toBe(300);
    await waitUntilDrained(on.platform.client, [decisionId]);
    expect(await stored()).toBe(700);

    await dropVotingDatabase(on.database);
    await keepEmptyDatabase(on.database.name);
    const restored = run('pg_restore --exit-on-error --dbname "$POSTGRES_URL" voting.dump');
    expect(restored.status, restored.said).toBe(0);
    expect(await stored()).toBe(400);
    const verified = run("npx enviro verify");
    expect(verified.status, verified.said).toBe(1);
    expect(verified.said).toContain(decisionId);
  });

  it("has all that the record has once it is rebuilt, and its decision is certified", async () => {
    expect(await cast(on.platform, decisionId, 100, { from: 700 })).toBe(100);
    const rebuilt = run("npx enviro rebuild");
    expect(rebuilt.status, rebuilt.said).toBe(0);
    await expect.poll(stored).toBe(800);
    await waitUntilDrained(on.platform.client, [decisionId]);
    await closeAndSeal(on.platform.client, decisionId);
    const status = async () => (await fetchDecision(on.platform.client, decisionId)).status;
    await expect.poll(status).toBe("certified");
    const verified = run("npx enviro verify");
    expect(verified.status, verified.said).toBe(0);
  });
});
