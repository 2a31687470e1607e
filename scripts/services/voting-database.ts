import { applyMigrations, readMigrations } from "../postgres/apply-migrations.ts";
import { keepWorkerLogin } from "../postgres/keep-login.ts";
import { withClient } from "../postgres/with-client.ts";
import { placeOf } from "./place.ts";
import { postgres } from "./postgres.ts";

/** A database with the platform's tables in the Postgres that runs here, and how those who use it come in. */
export type VotingDatabase = {
  name: string;
  /** What is applied that was not before. */
  applied: string[];
  superuserUrl: string;
  /** Whoever migrates: owns the tables and may make roles, and is no superuser, as with a hosted Postgres. */
  ownerUrl: string;
  workerUrl: string;
};

const owner = "enviro_owner";
const worker = "enviro_worker";

/** Makes a database where it is missing, brings its tables up to date and its logins too. */
export async function keepVotingDatabase(
  name: string,
  migrations = readMigrations(),
): Promise<VotingDatabase> {
  const place = await placeOf("postgres");
  const { url } = postgres.address(place);
  const { postgresOwnerPassword, postgresWorkerPassword } = place.credentials;
  await withClient(url, async (client) => {
    const roles = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [owner]);
    if (roles.rowCount === 0) {
      const password = client.escapeLiteral(postgresOwnerPassword);
      await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD ${password}`);
    }
    const databases = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (databases.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${owner}`);
    }
  });
  const ownerUrl = loginUrl(url, name, owner, postgresOwnerPassword);
  const applied = await withClient(ownerUrl, async (client) => {
    const names = await applyMigrations(client, migrations);
    await keepWorkerLogin(client, { name: worker, password: postgresWorkerPassword });
    return names;
  });
  return {
    name,
    applied,
    superuserUrl: databaseUrl(url, name),
    ownerUrl,
    workerUrl: loginUrl(url, name, worker, postgresWorkerPassword),
  };
}

export async function dropVotingDatabase({ name }: Pick<VotingDatabase, "name">): Promise<void> {
  const { url } = postgres.address(await placeOf("postgres"));
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

function loginUrl(base: string, name: string, username: string, password: string): string {
  const url = new URL(databaseUrl(base, name));
  url.username = username;
  url.password = password;
  return url.href;
}
