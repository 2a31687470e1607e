import type { LoginBinding, LoginUse, LoginUseReply } from "../../src/ports/logins.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";

/**
 * Logins elsewhere that were exchanged for ballot tokens: each once, and where the voter_id is not
 * the issuer's subject, who stands for whom. On disk alone; the tables are made with the first row.
 */
export class ShardLogins {
  readonly #storage: SqliteStorage;
  #isMade: boolean;

  constructor(storage: SqliteStorage) {
    this.#storage = storage;
    this.#isMade = storage.kv.get("logins") === true;
  }

  /** Keeps a login that is exchanged at `now` (ms), all of it or nothing. */
  use({ bindings, once }: LoginUse, now: number): LoginUseReply {
    const { sql } = this.#storage;
    const reply = this.#storage.transactionSync(() => {
      if (!this.#isMade) this.#make();
      if (!bindings.every((binding) => this.#bind(binding))) return "bound";
      if (once === null) return "kept";
      // Those that are too old to be exchanged need not be known.
      sql.exec("DELETE FROM used_logins WHERE until < ?", now);
      const kept = sql.exec(
        "INSERT INTO used_logins VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1",
        once.until,
        once.digest,
      );
      return kept.toArray().length === 1 ? "kept" : "used";
    });
    this.#isMade = true;
    return reply;
  }

  /** Forgets at most `rowsMax` rows of a table. */
  forget(rowsMax: number): "more" | "done" {
    if (!this.#isMade) return "done";
    for (const [table, key] of tables) {
      const gone = this.#storage.sql.exec(
        `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} LIMIT ?) RETURNING 1`,
        rowsMax,
      );
      if (gone.toArray().length > 0) return "more";
    }
    return "done";
  }

  /** Whether this name stands for this value, from now on or from before. */
  #bind({ name, value }: LoginBinding): boolean {
    const { sql } = this.#storage;
    const [known] = sql
      .exec<{ value: string }>("SELECT value FROM login_bindings WHERE name = ?", name)
      .toArray();
    if (known !== undefined) return known.value === value;
    sql.exec("INSERT INTO login_bindings VALUES (?, ?)", name, value);
    return true;
  }

  #make(): void {
    const { sql, kv } = this.#storage;
    sql.exec(
      `CREATE TABLE login_bindings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
       CREATE TABLE used_logins (until INTEGER NOT NULL, digest TEXT NOT NULL,
          PRIMARY KEY (until, digest)) WITHOUT ROWID;`,
    );
    kv.put("logins", true);
  }
}

const tables = [
  ["login_bindings", "name"],
  ["used_logins", "digest"],
] as const;
