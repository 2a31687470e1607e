import type { SqliteStorage } from "../../../durable-objects/shared/sqlite-storage.ts";

/**
 * An object's storage that counts the rows which the platform bills: one too for each value kept
 * and each alarm set.
 */
export class MeteredStorage implements SqliteStorage {
  readonly #storage: DurableObjectStorage;
  readonly #cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  #others = 0;
  /** The alarm that was set, in ms; it never goes off by itself. */
  alarmAt: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get rowsWritten(): number {
    return this.#others + this.#cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
  }

  /** Of what was read to its end, or as far as it was read. */
  get rowsRead(): number {
    return this.#cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
  }

  readonly sql: SqliteStorage["sql"] = {
    exec: <Row extends Record<string, SqlStorageValue>>(
      statement: string,
      ...parameters: SqlStorageValue[]
    ) => {
      const cursor = this.#storage.sql.exec<Row>(statement, ...parameters);
      this.#cursors.push(cursor);
      return cursor;
    },
  };

  readonly kv: SqliteStorage["kv"] & Pick<SyncKvStorage, "list"> = {
    get: (key) => this.#storage.kv.get(key),
    list: (options) => this.#storage.kv.list(options),
    put: (key, value) => {
      this.#others += 1;
      this.#storage.kv.put(key, value);
    },
    delete: (key) => {
      this.#others += 1;
      return this.#storage.kv.delete(key);
    },
  };

  transactionSync<Answer>(work: () => Answer): Answer {
    return this.#storage.transactionSync(work);
  }

  sync(): Promise<void> {
    return this.#storage.sync();
  }

  async getAlarm(): Promise<number | null> {
    return this.alarmAt;
  }

  async setAlarm(at: number): Promise<void> {
    this.#others += 1;
    this.alarmAt = at;
  }

  async deleteAlarm(): Promise<void> {
    this.#others += 1;
    this.alarmAt = null;
  }
}
