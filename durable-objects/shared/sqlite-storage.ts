/** What SQLite gives and takes; a blob is an ArrayBuffer. */
type SqliteValue = ArrayBuffer | string | number | null;

/** The rows of a statement: they are read once, in order. */
export interface SqliteCursor<Row> extends Iterable<Row> {
  toArray(): Row[];
  /** The only row. */
  one(): Row;
  /** The rows without the names of their columns. */
  raw(): Iterable<unknown[]>;
}

/**
 * What is used of an object's storage. Each statement is a transaction of its own, or part of the
 * one around it; the storage of a Durable Object is one, and so is SQLite elsewhere in tests.
 */
export interface SqliteStorage {
  readonly sql: {
    /** Runs a statement with its parameters, or several without; what it writes is written now. */
    exec<Row extends Record<string, SqliteValue>>(
      statement: string,
      ...parameters: SqliteValue[]
    ): SqliteCursor<Row>;
  };
  /** Values by key, in the same transactions. */
  readonly kv: {
    get(key: string): unknown;
    put(key: string, value: unknown): void;
    delete(key: string): unknown;
  };
  /** Does all that `work` writes, or nothing where it throws. */
  transactionSync<Answer>(work: () => Answer): Answer;
}
