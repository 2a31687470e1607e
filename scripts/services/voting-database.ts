import { applyPostgresMigrations, readMigrations } from "../../src/cli/migrate/apply-migrations.ts";
import { keepWorkerLogin } from "../../src/cli/migrate/keep-login.ts";
import { withClient } from "../../src/cli/migrate/with-client.ts";
import { serviceLocation } from "./service-location.ts";
import { postgres } from "./postgres.ts";
import { postgresLogins } from "./postgres-logins.ts";

/**
 * A database with the platform's tables in the Postgres that runs here, and how those who use it
 * come in.
 */
export type VotingDatabase = {
  name: string;
  /** What is applied that was not before. */
  applied: string[];
  superuserUrl: string;
  ownerUrl: string;
  workerUrl: string;
};

const { owner, worker } = postgresLogins;

export type EmptyDatabase = Pick<VotingDatabase, "name" | "superuserUrl" | "ownerUrl">;

/** Makes a database where it is missing, brings its tables up to date and its logins too. */
export async function keepVotingDatabase(name: string): Promise<VotingDatabase> {
  const database = await keepEmptyDatabase(name);
  const { postgresWorkerPassword: password } = (await serviceLocation("postgres")).credentials;
  const applied = await withClient(database.ownerUrl, async (client) => {
    const names = await applyPostgresMigrations(client, readMigrations());
    await keepWorkerLogin(client, { name: worker, password });
    return names;
  });
  return { ...database, applied, workerUrl: loginUrl(database.superuserUrl, worker, password) };
}

/**
 * Makes a database and its owner where they are missing, and nothing in it. `storage` are words for
 * CREATE DATABASE.
 */
export async function keepEmptyDatabase(name: string, storage = ""): Promise<EmptyDatabase> {
  const location = await serviceLocation("postgres");
  const { url } = postgres.address(location);
  const { postgresOwnerPassword: password } = location.credentials;
  await withClient(url, async (client) => {
    const roles = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [owner]);
    if (roles.rowCount === 0) {
      const quoted = client.escapeLiteral(password);
      await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD ${quoted}`);
    }
    const databases = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (databases.rowCount === 0) {
      const quoted = client.escapeIdentifier(name);
      await client.query(`CREATE DATABASE ${quoted} OWNER ${owner} ${storage}`);
    }
  });
  const superuserUrl = databaseUrl(url, name);
  return { name, superuserUrl, ownerUrl: loginUrl(superuserUrl, owner, password) };
}

export async function dropVotingDatabase({ name }: Pick<VotingDatabase, "name">): Promise<void> {
  const { url } = postgres.address(await serviceLocation("postgres"));
  await withClient(url, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

function databaseUrl(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  // Or the local Hyperdrive puts a proxy in between, to find out whether this Postgres has TLS.
  url.searchParams.set("sslmode", "disable");
  return url.href;
}

function loginUrl(database: string, username: string, password: string): string {
  const url = new URL(database);
  url.username = username;
  url.password = password;
  return url.href;
}
