import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type {
  SqliteCursor,
  SqliteStorage,
} from "../../../durable-objects/shared/sqlite-storage.ts";

type Value = ArrayBuffer | string | number | null;

/**
 * The storage of an object over Node's SQLite, in memory: what an object wrote is found by the next
 * one that is given the same storage, as after an eviction. Every write passes `beforeWrite`, which
 * may throw in its place.
 */
export class StorageInNode implements SqliteStorage {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  #depth = 0;
  /** Is told of each write: a statement that is no SELECT, or the key of a value. */
  beforeWrite: (what: string) => void = () => {};
  /** Is told of each SELECT. */
  beforeRead: (statement: string) => void = () => {};
  /** Is called before each statement, a SELECT too; what it throws is thrown in its place. */
  beforeStatement: () => void = () => {};

  constructor(path = ":memory:") {
    this.#database = new DatabaseSync(path);
    this.#database.exec("CREATE TABLE kv (key TEXT PRIMARY KEY, value BLOB NOT NULL)");
  }

  readonly sql = {
    exec: <Row extends Record<string, Value>>(
      statement: string,
      ...parameters: Value[]
    ): SqliteCursor<Row> => {
      this.beforeStatement();
      if (/^\s*SELECT/i.test(statement)) this.beforeRead(statement);
      else this.beforeWrite(statement);
      if (parameters.length === 0 && statement.includes(";")) {
        this.#database.exec(statement);
        return cursorOf<Row>([]);
      }
      const rows = this.#prepare(statement).all(...parameters.map(toNode));
      // The columns that the statement names.
      return cursorOf(rows.map(withBuffers) as Row[]);
    },
  };

  readonly kv = {
    get: (key: string): unknown => {
      this.beforeStatement();
      const row = this.#prepare("SELECT value FROM kv WHERE key = ?").get(key);
      // Written by `put`.
      return row === undefined ? undefined : deserialize(row["value"] as Uint8Array);
    },
    put: (key: string, value: unknown): void => {
      this.beforeStatement();
      this.beforeWrite(key);
      this.#prepare("INSERT OR REPLACE INTO kv VALUES (?, ?)").run(
        key,
        new Uint8Array(serialize(value)),
      );
    },
    delete: (key: string): void => {
      this.beforeStatement();
      this.beforeWrite(key);
      this.#prepare("DELETE FROM kv WHERE key = ?").run(key);
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

  /**
   * Holds back what is written from now on; what this gives takes it back, as a crash before the
   * disk has it.
   */
  holdWrites(): () => void {
    this.#database.exec("BEGIN");
    return () => this.#database.exec("ROLLBACK");
  }

  close(): void {
    this.#database.close();
  }

  #prepare(statement: string): StatementSync {
    const prepared = this.#prepared.get(statement) ?? this.#database.prepare(statement);
    this.#prepared.set(statement, prepared);
    return prepared;
  }
}

function cursorOf<Row extends object>(rows: Row[]): SqliteCursor<Row> {
  return {
    [Symbol.iterator]: () => rows.values(),
    toArray: () => rows,
    raw: () => rows.map((row) => Object.values(row)),
    one: () => {
      const [only] = rows;
      if (only === undefined || rows.length > 1) throw new Error("expected exactly one row");
      return only;
    },
  };
}

/** A plain object, as the platform gives, where Node gives one without a prototype. */
function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(row)) {
    const value = row[name];
    plain[name] = value instanceof Uint8Array ? value.slice().buffer : value;
  }
  return plain;
}

function toNode(value: Value): SQLInputValue {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}
