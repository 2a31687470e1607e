import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { postgresLogins } from "./postgres-logins.ts";
import { markProcess } from "./process-mark.ts";
import { runProgram, succeeds } from "./run-program.ts";
import { portOf, type Addresses, type ServiceLocation, type Service } from "./service.ts";
import { giveToUnprivileged, unprivileged } from "./unprivileged.ts";

const host = "127.0.0.1";
const { superuser } = postgresLogins;

/** Postgres from the Debian package `postgresql`, reached over TCP with a password. */
export const postgres: Service<Addresses["postgres"]> = {
  portOffsets: { postgres: 1 },
  // "Fast" shutdown: sessions are ended and everything is written down.
  stopSignal: "SIGINT",

  prepare: async (location, log) => {
    const dataFolder = join(location.folder, "data");
    await makeCluster(dataFolder, location, log);
    dropStaleLock(dataFolder);
    const options = {
      listen_addresses: host,
      port: String(portOf(location, "postgres")),
      unix_socket_directories: "",
      max_connections: "100",
    };
    const args = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    return unprivileged({ file: findPostgres("postgres"), args: ["-D", dataFolder, ...args] });
  },

  isReady: (location) => {
    const port = String(portOf(location, "postgres"));
    return succeeds({
      file: findPostgres("pg_isready"),
      args: ["--quiet", "--host", host, "--port", port, "--timeout", "1"],
    });
  },

  address: (location) => {
    const { postgresPassword } = location.credentials;
    const authority = `${superuser}:${postgresPassword}@${host}:${portOf(location, "postgres")}`;
    return { url: `postgres://${authority}/postgres` };
  },
};

async function makeCluster(
  dataFolder: string,
  location: ServiceLocation,
  log: (line: string) => void,
): Promise<void> {
  // initdb writes this file early; a crash in it leaves a folder that the next initdb refuses, so
  // the password file marks an unfinished one.
  const passwordFile = join(location.folder, "password");
  if (existsSync(passwordFile)) rmSync(dataFolder, { recursive: true, force: true });
  if (existsSync(join(dataFolder, "PG_VERSION"))) return;

  log("making a Postgres cluster …");
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(passwordFile, location.credentials.postgresPassword, { mode: 0o600 });
  await Promise.all([dataFolder, passwordFile].map(giveToUnprivileged));
  const login = ["--username", superuser, "--auth", "scram-sha-256", "--pwfile", passwordFile];
  const initdb = {
    file: findPostgres("initdb"),
    args: [...login, "--encoding", "UTF8", dataFolder],
  };
  await runProgram(unprivileged(initdb));
  rmSync(passwordFile);
}

/**
 * A killed Postgres leaves its lock behind and takes the process named in it for a living one, also
 * when that is a zombie: in a container whose first process reaps no children it stays one for
 * ever.
 */
function dropStaleLock(dataFolder: string): void {
  const lock = join(dataFolder, "postmaster.pid");
  if (!existsSync(lock)) return;
  const pid = Number.parseInt(readFileSync(lock, "utf8"), 10);
  if (markProcess(pid) === null) rmSync(lock);
}

function findPostgres(name: string): string {
  return findProgram(name, "postgresql", "/usr/lib/postgresql/*/bin");
}
