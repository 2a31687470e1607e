import { invariant } from "../../../src/shared/invariant.ts";
import type { SqliteStorage } from "../sqlite-storage.ts";

/** A table of an object, and the columns of its primary key in their order. */
export interface KeptTable {
  name: string;
  key: string[];
}

/**
 * Tables whose rows are written once and follow one another by a number. What is there when a look
 * begins is all that it has of them, however long it takes.
 */
const appended: ReadonlySet<string> = new Set(["log", "notes", "audit_log"]);

/** Small tables whose rows change: they are read as the look begins. */
const readAtOnce: ReadonlySet<string> = new Set(["state", "api_keys"]);

/**
 * Tables that follow from others or from the moment: a shard's voters from its log, and what waits
 * from those who tell it. Sessions end with the deployment that began them.
 */
const leftOut: ReadonlySet<string> = new Set(["voters", "backlogs", "uncertified", "sessions"]);

/**
 * Values that say something of the moment alone: an upload that is under way begins again, and the
 * registry is told again what a room has told it.
 */
const valuesLeftOut: ReadonlySet<string> = new Set([
  "roll_upload",
  "writer_failure",
  "restoring",
  "checks_told",
  "waiting_told",
]);

/** What an object may hold without anybody having used it, its rooms having told it. */
const toldTables: ReadonlySet<string> = new Set(["checks"]);
const toldValues: ReadonlySet<string> = new Set(["schema", "writer_failure", "search_filled"]);

/** Values that change whenever a table that is read page by page is made, filled or emptied. */
export const guardingValues = [
  "rolls",
  "rolls_ended",
  "tokens",
  "publication",
  "cut_ballots",
  "forgotten",
  "deleted",
];

export type TableKind = "appended" | "read_at_once" | "left_out" | "paged";

export function kindOf(table: string): TableKind {
  if (appended.has(table)) return "appended";
  if (readAtOnce.has(table)) return "read_at_once";
  return leftOut.has(table) ? "left_out" : "paged";
}

export function isValueLeftOut(key: string): boolean {
  return valuesLeftOut.has(key);
}

/** Whether rows of this table say that somebody has used the object. */
export function isTableOfUse(table: string): boolean {
  return kindOf(table) !== "left_out" && !toldTables.has(table);
}

/** Whether this value says that somebody has used the object. */
export function isValueOfUse(key: string): boolean {
  return !toldValues.has(key);
}

/** The object's own tables by name, without those of the platform and of SQLite. */
export function listTables(sql: SqliteStorage["sql"]): KeptTable[] {
  const rows = sql.exec<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND ${isOurs} ORDER BY name`,
  );
  return rows.toArray().map(({ name }) => ({ name, key: keyOf(sql, name) }));
}

/** The statements that make these tables and their indexes, tables first. */
export function listSchema(sql: SqliteStorage["sql"], tables: readonly KeptTable[]): string[] {
  const names = new Set(tables.map(({ name }) => name));
  const rows = sql.exec<{ of: string; sql: string }>(
    `SELECT tbl_name AS of, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND ${isOurs} ORDER BY type DESC, name`,
  );
  return rows.toArray().flatMap((row) => (names.has(row.of) ? [row.sql] : []));
}

const isOurs = "name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'";

function keyOf(sql: SqliteStorage["sql"], table: string): string[] {
  const columns = sql
    .exec<{ name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info(?)`, table)
    .toArray();
  const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  invariant(key.length > 0, "every table of an object has a primary key");
  return key.map(({ name }) => name);
}

/** A name of ours inside a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
