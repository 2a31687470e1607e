/** Brings an object's SQLite to its newest schema. Steps are numbered by their place in the list, and only ever appended. */
export function migrate(storage: DurableObjectStorage, steps: readonly string[]): void {
  storage.transactionSync(() => {
    const done = storage.kv.get<number>("schema") ?? 0;
    if (done >= steps.length) return;
    for (const step of steps.slice(done)) storage.sql.exec(step);
    storage.kv.put("schema", steps.length);
  });
}

/** Whether an object's SQLite has had any of its steps. */
export function isMigrated(storage: DurableObjectStorage): boolean {
  return storage.kv.get<number>("schema") !== undefined;
}
