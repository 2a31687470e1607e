import { afterAll, describe } from "vitest";
import { connectionPerCall, KeptConnection } from "../../../src/database/postgres/session.ts";
import { postgresSearch } from "../../../src/search/embedded/postgres/postgres-search.ts";
import type { PostgresSession } from "../../../src/database/postgres/session.ts";
import { holdsTheSearchContract } from "../../support/search/search-contract.ts";
import { createTestDatabase, throughPgbouncer } from "../../support/services/test-database.ts";

const underTest = await createTestDatabase();
const kept = new KeptConnection(underTest.workerUrl);
afterAll(async () => {
  await kept.close();
  await underTest.drop();
});

const emptyIndex = (session: PostgresSession) => async () => {
  const index = postgresSearch(session);
  await index.rebuild.begin();
  await index.rebuild.finish();
  return { index, settle: () => Promise.resolve() };
};

describe("the index in Postgres, on one connection", () => {
  holdsTheSearchContract(emptyIndex(kept));
});

describe("the index in Postgres behind PgBouncer, with a connection a call", async () => {
  const pooled = await throughPgbouncer(underTest.workerUrl);
  holdsTheSearchContract(emptyIndex(connectionPerCall(pooled)));
});
