import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { unstable_splitSqlQuery as splitStatements } from "wrangler";
import { z } from "zod";

type Statement = {
  bind(value: string): Statement;
  run(): Promise<unknown>;
  all(): Promise<{ results: unknown[] }>;
};

/** What migrating needs of a D1 database. */
type Database = {
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
};

const namesSchema = z.array(z.object({ name: z.string() }));

/**
 * The same table, with the same names in it, as `wrangler d1 migrations apply` keeps: either may go
 * on where the other stopped.
 */
const createTable = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies the numbered SQL files of a folder that the database has not seen yet, in order, and
 * returns their names.
 */
export async function applyD1Migrations(database: Database, folder: string): Promise<string[]> {
  await database.prepare(createTable).run();
  const rows = await database.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(namesSchema.parse(rows.results).map((row) => row.name));
  const pending = globSync("*.sql", { cwd: folder })
    .map((path) => basename(path))
    .filter((name) => !applied.has(name))
    .toSorted();
  for (const name of pending) await applyMigration(database, folder, name);
  return pending;
}

/** A batch is one transaction: a migration is applied with its record or not at all. */
async function applyMigration(database: Database, folder: string, name: string): Promise<void> {
  const statements = splitStatements(readFileSync(join(folder, name), "utf8"));
  await database.batch([
    ...statements.map((statement) => database.prepare(statement)),
    database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
  ]);
}
