import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { auditOf, cast, openedDecision } from "../../support/services/kafka-platform.ts";
import { recordsBehind } from "../../support/services/gateway-clients.ts";
import {
  rowsIn,
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { localId } from "../../support/local-id.ts";

describe("the whole topic into Postgres", () => {
  let on: PostgresPlatform;
  const slug = "repeated";
  const decisionId = localId(slug);
  const votes = 3_000;
  beforeAll(async () => {
    on = await startPostgresPlatform();
    await openedDecision(on.platform, slug, 4);
    for (let from = 0; from < votes; from += 500)
      await cast(on.platform, decisionId, 500, { from });
    await waitUntilDrained(on.platform.client, [decisionId]);
  });
  afterAll(() => on.stop());

  /** A group of another name has read nothing yet. */
  async function deliverAgain(group: string): Promise<void> {
    const { topic } = on.platform;
    on.platform = await on.platform.restart({ KAFKA_GROUP: `${group}-${topic}` });
    const behind = () => recordsBehind(topic, `${group}-${topic}`);
    await expect.poll(behind, { timeout: 30_000 }).toBe(0);
  }

  it("delivered again from its first offset, twice, leaves every row as it was", async () => {
    const rows = await rowsIn(on.database, decisionId);
    expect(rows).toHaveLength(votes);
    for (const group of ["first", "second"]) {
      await deliverAgain(group);
      expect(await rowsIn(on.database, decisionId)).toEqual(rows);
    }
  });

  it("fills a database that was emptied, and one that lost rows", async () => {
    const rows = await rowsIn(on.database, decisionId);
    const lose = (sql: string) =>
      withClient(on.database.superuserUrl, (client) => client.query(sql));
    await lose("DELETE FROM votes WHERE seq % 3 = 0");
    await deliverAgain("after-damage");
    expect(await rowsIn(on.database, decisionId)).toEqual(rows);
    await lose("TRUNCATE votes, decision_partitions, shard_progress");
    await deliverAgain("after-loss");
    expect(await rowsIn(on.database, decisionId)).toEqual(rows);
    const { database } = await auditOf(on.platform, decisionId);
    expect(database.dead_letters).toBe(0);
    expect(database.shards.map((shard) => shard.applied_seq === shard.ballots)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });
});
