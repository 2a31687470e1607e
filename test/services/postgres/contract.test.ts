import { afterAll } from "vitest";
import { postgresDatabase } from "../../../src/database/postgres/postgres.ts";
import { connectionPerCall, KeptConnection } from "../../../src/database/postgres/session.ts";
import { holdsTheDatabaseContract } from "../../support/database/database-contract.ts";
import { createTestDatabase, throughPgbouncer } from "../../support/services/test-database.ts";

const underTest = await createTestDatabase();
const kept = new KeptConnection(underTest.workerUrl);
const pooledUrl = await throughPgbouncer(underTest.workerUrl);
const keptInPool = [1, 2, 3, 4].map(() => new KeptConnection(pooledUrl));
afterAll(async () => {
  await Promise.all([kept, ...keptInPool].map((connection) => connection.close()));
  await underTest.drop();
});

const report = (event: string, error: unknown): void => console.error(event, error);

holdsTheDatabaseContract("Postgres, with a connection a call", async () =>
  postgresDatabase(connectionPerCall(underTest.workerUrl), report),
);

holdsTheDatabaseContract("Postgres, on one connection", async () => postgresDatabase(kept, report));

holdsTheDatabaseContract("Postgres behind PgBouncer, with a connection a call", async () =>
  postgresDatabase(connectionPerCall(pooledUrl), report),
);

/** Each use with the next of four connections: more than the pool has at the server. */
let uses = 0;
holdsTheDatabaseContract("Postgres behind PgBouncer, on connections that are kept", async () => {
  const run: KeptConnection["run"] = (work) => {
    uses += 1;
    const connection = keptInPool[uses % keptInPool.length];
    if (connection === undefined) throw new Error("there are four");
    return connection.run(work);
  };
  return postgresDatabase({ run }, report);
});
