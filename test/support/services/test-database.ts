import { randomBytes } from "node:crypto";
import {
  dropVotingDatabase,
  keepVotingDatabase,
  type VotingDatabase,
} from "../../../scripts/services/voting-database.ts";
import { services } from "./services.ts";

/** The same database and login, through the pooler: transactions meet connections of others. */
export async function throughPgbouncer(url: string): Promise<string> {
  const pooled = new URL(url);
  pooled.port = new URL((await services.pgbouncer.address()).url).port;
  return pooled.href;
}

export type TestDatabase = VotingDatabase & { drop(): Promise<void> };

/** A database of the test's own in the Postgres that all share, with the real migrations and logins. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await keepVotingDatabase(`test_${randomBytes(6).toString("hex")}`);
  return { ...database, drop: () => dropVotingDatabase(database) };
}
