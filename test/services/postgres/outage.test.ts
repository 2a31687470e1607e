import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ballotsBehind } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { auditOf, openedDecision, readiness } from "../../support/services/kafka-platform.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { services } from "../../support/services/services.ts";
import { castSteadily, votesASecond } from "../../support/services/steady-votes.ts";
import { localId } from "../../support/local-id.ts";

/** CI waits a whole minute; a quarter of it shows the same while one works. */
const outageSeconds = Number(process.env["POSTGRES_OUTAGE_SECONDS"] ?? 15);
const recoveryMsMax = 60_000;
const kills = 12;

describe("while votes flow", () => {
  let on: PostgresPlatform;
  let votes: ReturnType<typeof castSteadily>;
  const slug = "outage";
  const decisionId = localId(slug);
  beforeAll(async () => {
    on = await startPostgresPlatform();
    await openedDecision(on.platform, slug, 4);
    votes = castSteadily(on.platform, decisionId);
  });
  afterAll(async () => {
    services.postgres.thaw();
    await services.postgres.start();
    await votes.stop();
    await on.stop();
  });

  const storedCount = async () => (await rowsIn(on.database, decisionId)).length;
  const database = async () => (await readiness(on.platform)).database;

  /** What is published while the database is away waits; the audit can't be asked, since it asks the database. */
  async function expectAllWell(): Promise<void> {
    const sentSoFar = votes.flow.sent;
    await expect.poll(storedCount, { timeout: recoveryMsMax }).toBeGreaterThan(sentSoFar);
    expect(votes.failures).toEqual([]);
    expect((await auditOf(on.platform, decisionId)).database.dead_letters).toBe(0);
    await expect
      .poll(database, { timeout: 20_000 })
      .toMatchObject({ kind: "postgres", problems: [] });
  }

  it(
    `Postgres may be stopped for ${outageSeconds} s: votes are taken, the writers wait and say why, and all arrives`,
    async () => {
      await expect.poll(storedCount, { timeout: 20_000 }).toBeGreaterThan(votesASecond);
      const before = votes.flow.accepted;
      await services.postgres.stop();
      await new Promise((resolve) => setTimeout(resolve, outageSeconds * 1_000));
      expect(votes.flow.accepted - before).toBeGreaterThan(0.8 * votesASecond * outageSeconds);
      expect(await readiness(on.platform)).toMatchObject({
        code: 503,
        database: { kind: "postgres", problems: ["Postgres does not answer"] },
      });
      expect(on.platform.lines.some((line) => line.includes("writer.waits"))).toBe(true);
      await services.postgres.start();
      await expectAllWell();
    },
    outageSeconds * 1_000 + 2 * recoveryMsMax,
  );

  it("Postgres may be killed with all its processes", async () => {
    await services.postgres.kill();
    await services.postgres.start();
    await expectAllWell();
  });

  it("Postgres may hang, and nobody waits for it for ever", async () => {
    services.postgres.freeze();
    const before = votes.flow.accepted;
    await expect.poll(() => votes.flow.accepted).toBeGreaterThan(before);
    await expect
      .poll(database, { timeout: 20_000 })
      .toMatchObject({ problems: [expect.any(String)] });
    services.postgres.thaw();
    await expectAllWell();
  });

  it(
    "connections may be ended again and again in the middle of what they do",
    async () => {
      await withClient(on.database.superuserUrl, async (client) => {
        for (let killed = 0; killed < kills;) {
          const { rowCount } = await client.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = $1 AND usename = 'enviro_worker' AND state = 'active' AND query LIKE '%apply_ballots%'`,
            [on.database.name],
          );
          killed += rowCount ?? 0;
        }
      });
      await expectAllWell();
    },
    2 * recoveryMsMax,
  );

  it("and after all of it every vote is there, once, and none is a dead letter", async () => {
    await votes.stop();
    expect(votes.failures).toEqual([]);
    expect(votes.flow.accepted).toBe(votes.flow.sent);
    const behind = async () => ballotsBehind(await auditOf(on.platform, decisionId));
    await expect.poll(behind, { timeout: recoveryMsMax }).toBe(0);
    const rows = await rowsIn(on.database, decisionId);
    expect(rows).toHaveLength(votes.flow.sent);
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(votes.flow.sent);
    expect(new Set(rows.map(({ shard, seq }) => [shard, seq].join())).size).toBe(votes.flow.sent);
    expect((await auditOf(on.platform, decisionId)).database.dead_letters).toBe(0);
  });
});
