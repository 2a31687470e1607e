import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { startKafkaPlatform, type KafkaPlatform } from "./kafka-platform.ts";
import { createTestDatabase, throughPgbouncer, type TestDatabase } from "./test-database.ts";

export type PostgresPlatform = {
  /** Put another in its place after a restart. */
  platform: KafkaPlatform;
  database: TestDatabase;
  stop(): Promise<void>;
};

/** The real Worker between the real broker and a database of its own in the real Postgres, or behind PgBouncer. */
export async function startPostgresPlatform(
  vars: Record<string, string> = {},
  { isPooled = false }: { isPooled?: boolean } = {},
): Promise<PostgresPlatform> {
  const database = await createTestDatabase();
  const { workerUrl } = database;
  const url = isPooled ? await throughPgbouncer(workerUrl) : workerUrl;
  const platform = await startKafkaPlatform({ DATABASE: "postgres", ...vars }, url);
  const on: PostgresPlatform = {
    platform,
    database,
    async stop() {
      await on.platform.stop();
      await database.drop();
    },
  };
  return on;
}

/** Every row of a decision's votes, by shard and seq, past the platform and its login. */
export function rowsIn(
  { superuserUrl }: Pick<TestDatabase, "superuserUrl">,
  decisionId: string,
): Promise<Record<string, unknown>[]> {
  const query = "SELECT * FROM votes WHERE decision_id = $1 ORDER BY shard, seq, region";
  return withClient(superuserUrl, async (client) => (await client.query(query, [decisionId])).rows);
}
