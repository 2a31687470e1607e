import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeptConnection } from "../../src/database/postgres/session.ts";
import { d1Search } from "../../src/search/embedded/d1/d1-search.ts";
import { postgresSearch } from "../../src/search/embedded/postgres/postgres-search.ts";
import type { SearchIndex } from "../../src/search/search.ts";
import { applyD1Migrations } from "../../scripts/local-platform/apply-migrations.ts";
import { startMiniflare } from "../../scripts/local-platform/start-miniflare.ts";
import { isServiceRunning, startService, stopService } from "../../scripts/services/control.ts";
import { dropVotingDatabase, keepVotingDatabase } from "../../scripts/services/voting-database.ts";

export interface OpenIndex {
  index: SearchIndex;
  close(): Promise<void>;
}

/** D1 in workerd, its file on the disk, asked by this process: a call has its way there as well. */
export async function openD1Index(log: (line: string) => void): Promise<OpenIndex> {
  const folder = mkdtempSync(join(tmpdir(), "enviro-search-"));
  const modules = [
    { type: "ESModule" as const, path: "nothing.mjs", contents: "export default {}" },
  ];
  const worker = {
    name: "search",
    modules,
    compatibilityDate: "2026-11-01",
    d1Databases: { SEARCH_DB: "search" },
  };
  const host = await startMiniflare({ worker, port: 0, persistFolder: folder, log });
  const database = await host.miniflare.getD1Database("SEARCH_DB", worker.name);
  await applyD1Migrations(database, "migrations/search");
  return {
    index: d1Search(database),
    close: async () => {
      await host.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A database of its own in the Postgres of `npm run services`, which is started for it. */
export async function openPostgresIndex(log: (line: string) => void): Promise<OpenIndex> {
  const wasRunning = isServiceRunning("postgres");
  await startService("postgres", log);
  const database = await keepVotingDatabase(`bench_search_${process.pid}`);
  const connection = new KeptConnection(database.workerUrl);
  return {
    index: postgresSearch(connection),
    close: async () => {
      await connection.close();
      await dropVotingDatabase(database);
      if (!wasRunning) await stopService("postgres", log);
    },
  };
}
