import { requireKnownVersion, versionOf } from "../../src/shared/versioned.ts";
import type { SqliteStorage } from "./sqlite-storage.ts";

/**
 * Brings an object's SQLite to its newest schema, whose version is the number of its steps. Steps
 * are only ever appended.
 * @throws {UnknownVersion} where a newer release has taken it further.
 */
export function migrate(storage: SqliteStorage, name: string, steps: readonly string[]): void {
  storage.transactionSync(() => {
    // Written below and nowhere else.
    const found = storage.kv.get("schema") as number | undefined;
    const form = { name, version: steps.length };
    const done = found === undefined ? 0 : requireKnownVersion(form, found);
    if (done === versionOf(form)) return;
    for (const step of steps.slice(done)) storage.sql.exec(step);
    storage.kv.put("schema", versionOf(form));
  });
}

/** Whether an object's SQLite has had any of its steps. */
export function isMigrated(storage: SqliteStorage): boolean {
  return storage.kv.get("schema") !== undefined;
}
