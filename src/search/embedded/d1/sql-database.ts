/** What the index needs of a D1 database. */
export interface SqlDatabase {
  prepare(text: string): PreparedSql;
  /** One transaction. */
  batch(statements: PreparedSql[]): Promise<{ results: unknown[]; meta: { changes: number } }[]>;
}

export interface PreparedSql {
  bind(...values: unknown[]): PreparedSql;
  run(): Promise<unknown>;
  first<Row>(): Promise<Row | null>;
}
