import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { findFreePort } from "../../../scripts/local-platform/find-free-port.ts";
import { findProgram } from "../../../scripts/services/find-program.ts";
import { runProgram, succeeds } from "../../../scripts/services/run-program.ts";
import { serviceLocation } from "../../../scripts/services/service-location.ts";
import { giveToUnprivileged, unprivileged } from "../../../scripts/services/unprivileged.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { services } from "./services.ts";

const host = "127.0.0.1";
const portFirst = 11_000;

/** A hot standby of the Postgres that all tests share, which follows its log. */
export interface Standby {
  /** The same login and database there. */
  urlOf(primaryUrl: string): string;
  /** Follows on what it has received, but replays nothing more, until `resumeReplay`. */
  pauseReplay(): Promise<void>;
  resumeReplay(): Promise<void>;
  /** Follows the primary no longer; it answers on. */
  leavePrimary(): Promise<void>;
  /** Made a primary of its own by mistake, with a log that is longer than the other's. */
  promote(): Promise<void>;
  /** Resolves once it has replayed all that the primary has by now. */
  catchUp(): Promise<void>;
  /** Connections stay open and nothing answers, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** At once, as an operator does it in need. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes what it held. */
  remove(): Promise<void>;
}

/** Makes a standby of what the primary holds by now (`pg_basebackup`), and starts it. */
export async function createStandby(): Promise<Standby> {
  const { url: primaryUrl } = await services.postgres.address();
  const { folder } = await serviceLocation("postgres");
  const dataFolder = join(folder, `standby-${randomBytes(4).toString("hex")}`);
  mkdirSync(dataFolder, { mode: 0o700 });
  await giveToUnprivileged(dataFolder);
  const file = programOf("pg_basebackup");
  const backup = ["--dbname", primaryUrl, "--pgdata", dataFolder, "--checkpoint", "fast"];
  const args = [...backup, "--wal-method", "stream", "--write-recovery-conf"];
  await runProgram(unprivileged({ file, args }));
  const port = await findFreePort(portFirst);
  const urlOf = (given: string): string => {
    const url = new URL(given);
    url.port = String(port);
    return url.href;
  };
  let server: ChildProcess | null = null;

  const ask = async <Row>(url: string, query: string, values: unknown[] = []): Promise<Row> =>
    withClient(url, async (client) => (await client.query(query, values)).rows[0] as Row);
  const start = async (): Promise<void> => {
    server = startServer(dataFolder, port);
    await until(() =>
      succeeds({ file: programOf("pg_isready"), args: ["-q", "-h", host, "-p", String(port)] }),
    );
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGQUIT");
    await ended;
  };
  await start();
  return {
    urlOf,
    start,
    stop,
    async pauseReplay() {
      const standby = urlOf(primaryUrl);
      await ask(standby, "SELECT pg_wal_replay_pause()");
      const state = "SELECT pg_get_wal_replay_pause_state() AS state";
      await until(async () => (await ask<{ state: string }>(standby, state)).state === "paused");
    },
    async resumeReplay() {
      await ask(urlOf(primaryUrl), "SELECT pg_wal_replay_resume()");
    },
    async leavePrimary() {
      const standby = urlOf(primaryUrl);
      await ask(standby, "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
      await ask(standby, "SELECT pg_reload_conf()");
      const gone = "SELECT NOT EXISTS (SELECT FROM pg_stat_wal_receiver) AS gone";
      await until(async () => (await ask<{ gone: boolean }>(standby, gone)).gone);
    },
    async promote() {
      const standby = urlOf(primaryUrl);
      await ask(standby, "SELECT pg_promote()");
      // Each goes on to the next segment of 16 MB.
      for (const _ of [1, 2, 3]) {
        await ask(standby, "SELECT pg_logical_emit_message(false, 'test', 'of its own')");
        await ask(standby, "SELECT pg_switch_wal()");
      }
    },
    async catchUp() {
      const { position } = await ask<{ position: string }>(
        primaryUrl,
        "SELECT pg_current_wal_flush_lsn()::text AS position",
      );
      const reached = "SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS reached";
      await until(
        async () =>
          (await ask<{ reached: boolean }>(urlOf(primaryUrl), reached, [position])).reached,
      );
    },
    freeze: () => void server?.kill("SIGSTOP"),
    thaw: () => void server?.kill("SIGCONT"),
    async remove() {
      server?.kill("SIGCONT");
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function startServer(dataFolder: string, port: number): ChildProcess {
  const options = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: "",
    max_connections: "100",
    wal_retrieve_retry_interval: "200ms",
  };
  const settings = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { file, args } = unprivileged({
    file: programOf("postgres"),
    args: ["-D", dataFolder, ...settings],
  });
  return spawn(file, args, { cwd: "/", stdio: "ignore" });
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the standby has not come as far in a minute");
}

function programOf(name: string): string {
  return findProgram(name, "postgresql", "/usr/lib/postgresql/*/bin");
}
