import { requireKnownVersion } from "../../src/shared/versioned.ts";

/**
 * Brings an object's SQLite to its newest schema, whose version is the number of its steps. Steps
 * are only ever appended.
 * @throws {UnknownVersion} where a newer release has taken it further.
 */
export function migrate(
  storage: DurableObjectStorage,
  name: string,
  steps: readonly string[],
): void {
  storage.transactionSync(() => {
    const found = storage.kv.get<number>("schema");
    const done =
      found === undefined ? 0 : requireKnownVersion({ name, version: steps.length }, found);
    if (done === steps.length) return;
    for (const step of steps.slice(done)) storage.sql.exec(step);
    storage.kv.put("schema", steps.length);
  });
}

/** Whether an object's SQLite has had any of its steps. */
export function isMigrated(storage: DurableObjectStorage): boolean {
  return storage.kv.get<number>("schema") !== undefined;
}
