import { afterAll } from "vitest";
import { postgresDatabase } from "../../../src/database/postgres/postgres.ts";
import { connectionPerCall, KeptConnection } from "../../../src/database/postgres/session.ts";
import { holdsTheDatabaseContract } from "../../support/database/database-contract.ts";
import { createTestDatabase } from "../../support/services/test-database.ts";

const underTest = await createTestDatabase();
const kept = new KeptConnection(underTest.workerUrl);
afterAll(async () => {
  await kept.close();
  await underTest.drop();
});

const report = (event: string, error: unknown): void => console.error(event, error);

holdsTheDatabaseContract("Postgres, with a connection a call", async () =>
  postgresDatabase(connectionPerCall(underTest.workerUrl), report),
);

holdsTheDatabaseContract("Postgres, on one connection", async () => postgresDatabase(kept, report));
