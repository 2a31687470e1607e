import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type {
  SqliteCursor,
  SqliteStorage,
} from "../../../durable-objects/shared/sqlite-storage.ts";

type Value = ArrayBuffer | string | number | null;

/**
 * The storage of an object over Node's SQLite, in memory: what an object wrote is found by the next one that is given the same storage, as
 * after an eviction. Every write passes `beforeWrite`, which may throw in its place.
 */
export class StorageInNode implements SqliteStorage {
  readonly #database = new DatabaseSync(":memory:");
  #depth = 0;
  /** Is told of each write: a statement that is no SELECT, or the key of a value. */
  beforeWrite: (what: string) => void = () => {};

  constructor() {
    this.#database.exec("CREATE TABLE kv (key TEXT PRIMARY KEY, value BLOB NOT NULL)");
  }

  readonly sql = {
    exec: <Row extends Record<string, Value>>(
      statement: string,
      ...parameters: Value[]
    ): SqliteCursor<Row> => {
      if (!/^\s*SELECT/i.test(statement)) this.beforeWrite(statement);
      if (parameters.length === 0 && statement.includes(";")) {
        this.#database.exec(statement);
        return cursorOf<Row>([]);
      }
      const rows = this.#database.prepare(statement).all(...parameters.map(toNode));
      // The columns that the statement names.
      return cursorOf(rows.map(withBuffers) as Row[]);
    },
  };

  readonly kv = {
    get: (key: string): unknown => {
      const row = this.#database.prepare("SELECT value FROM kv WHERE key = ?").get(key);
      // Written by `put`.
      return row === undefined ? undefined : deserialize(row["value"] as Uint8Array);
    },
    put: (key: string, value: unknown): void => {
      this.beforeWrite(key);
      this.#database
        .prepare("INSERT OR REPLACE INTO kv VALUES (?, ?)")
        .run(key, new Uint8Array(serialize(value)));
    },
  };

  transactionSync<Answer>(work: () => Answer): Answer {
    const name = `level_${this.#depth}`;
    this.#database.exec(`SAVEPOINT ${name}`);
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${name}`);
      throw error;
    } finally {
      this.#depth -= 1;
      this.#database.exec(`RELEASE ${name}`);
    }
  }
}

function cursorOf<Row>(rows: Row[]): SqliteCursor<Row> {
  return {
    [Symbol.iterator]: () => rows.values(),
    toArray: () => rows,
    one: () => {
      const [only] = rows;
      if (only === undefined || rows.length > 1) throw new Error("expected exactly one row");
      return only;
    },
  };
}

function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? value.slice().buffer : value,
  ]);
  return Object.fromEntries(entries);
}

function toNode(value: Value): SQLInputValue {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}
