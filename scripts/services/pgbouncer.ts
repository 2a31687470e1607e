import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { postgres } from "./postgres.ts";
import { postgresLogins } from "./postgres-logins.ts";
import { succeeds } from "./run-program.ts";
import { portOf, type Addresses, type ServiceLocation, type Service } from "./service.ts";
import { readServiceState } from "./state-file.ts";
import { giveToUnprivileged, unprivileged } from "./unprivileged.ts";

const host = "127.0.0.1";

/**
 * PgBouncer from the Debian package `pgbouncer`, before the Postgres that runs here, in transaction
 * mode: each transaction may meet another of a few connections to the server.
 */
export const pgbouncer: Service<Addresses["pgbouncer"]> = {
  portOffsets: { pgbouncer: 6 },
  needs: ["postgres"],
  // Waits until what is under way has ended.
  stopSignal: "SIGINT",

  prepare: async (location) => {
    const [usersFile, settingsFile] = [
      join(location.folder, "userlist.txt"),
      join(location.folder, "pgbouncer.ini"),
    ];
    writeFileSync(usersFile, userList(location), { mode: 0o600 });
    writeFileSync(settingsFile, settings(location, usersFile), { mode: 0o600 });
    await Promise.all([location.folder, usersFile, settingsFile].map(giveToUnprivileged));
    const file = findProgram("pgbouncer", "pgbouncer", "/usr/sbin");
    return unprivileged({ file, args: [settingsFile] });
  },

  isReady: (location) =>
    succeeds({
      file: findProgram("pg_isready", "postgresql", "/usr/lib/postgresql/*/bin"),
      args: ["--quiet", "--host", host, "--port", String(portOf(location, "pgbouncer"))],
    }),

  address: (location) => {
    const { postgresPassword } = location.credentials;
    const authority = `${postgresLogins.superuser}:${postgresPassword}@${host}:${portOf(location, "pgbouncer")}`;
    return { url: `postgres://${authority}/postgres` };
  },
};

function settings(location: ServiceLocation, usersFile: string): string {
  const state = readServiceState("postgres");
  if (state === null) throw new Error("postgres was never started here");
  const server = new URL(postgres.address({ ...location, ports: state.ports }).url);
  return `[databases]
* = host=${server.hostname} port=${server.port}

[pgbouncer]
listen_addr = ${host}
listen_port = ${portOf(location, "pgbouncer")}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${usersFile}
pool_mode = transaction
; Few, so that clients meet each other's connections.
default_pool_size = 3
max_client_conn = 200
`;
}

/** With the passwords themselves: PgBouncer logs in at the server with what it is given here. */
function userList({ credentials }: ServiceLocation): string {
  const users = [
    [postgresLogins.superuser, credentials.postgresPassword],
    [postgresLogins.owner, credentials.postgresOwnerPassword],
    [postgresLogins.worker, credentials.postgresWorkerPassword],
  ];
  return users.map(([name, password]) => `"${name}" "${password}"\n`).join("");
}
