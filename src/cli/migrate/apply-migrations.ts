import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { z } from "zod";

const migrationsFolder = fileURLToPath(new URL("../../../migrations/postgres", import.meta.url));

export type Migration = { name: string; sql: string };

/** Any number will do, as long as every applier takes the same. */
const lockKey = 7_011_955;

const createTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
  name text PRIMARY KEY,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

const appliedSchema = z.array(z.object({ name: z.string(), sha256: z.string() }));

/** The numbered SQL files of a folder, in order. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const names = globSync("*.sql", { cwd: folder }).toSorted();
  return names.map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));
}

/**
 * Applies what the database has not seen yet and returns the names: all of it in one transaction,
 * or nothing. Others who apply at the same time wait for their turn. The lock ends with the
 * transaction, so it holds through a pooler too.
 * @throws {Error} where what was applied is not the beginning of what there is: migrations are only
 *   ever added at the end.
 */
export async function applyPostgresMigrations(
  client: Client,
  migrations: readonly Migration[],
): Promise<string[]> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);
    // The functions look for tables there, whatever schema the owner's own path begins with.
    await client.query("SET LOCAL search_path = public");
    await client.query(createTable);
    const { rows } = await client.query("SELECT name, sha256 FROM schema_migrations ORDER BY name");
    const applied = appliedSchema.parse(rows);
    refuseOtherHistory(applied, migrations);
    const pending = migrations.slice(applied.length);
    for (const migration of pending) {
      await client.query(migration.sql);
      const values = [migration.name, digestOf(migration)];
      await client.query("INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)", values);
    }
    await client.query("COMMIT");
    return pending.map(({ name }) => name);
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

function refuseOtherHistory(
  applied: readonly { name: string; sha256: string }[],
  migrations: readonly Migration[],
): void {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const migration = migrations[index];
    if (migration?.name !== name) {
      const found = migration === undefined ? "none" : migration.name;
      throw new Error(`the database has ${name} where there is ${found}: is this release older?`);
    }
    if (digestOf(migration) !== sha256)
      throw new Error(`${name} was changed after it had been applied`);
  }
}

function digestOf({ sql }: Migration): string {
  return createHash("sha256").update(sql).digest("hex");
}
