/** D1, and what it says that its batches have written and read. */
export function meteredD1(database: D1Database) {
  const rows = { written: 0, read: 0 };
  const batch = async (statements: D1PreparedStatement[]): Promise<D1Result[]> => {
    const results = await database.batch(statements);
    for (const { meta } of results) {
      rows.written += meta.rows_written;
      rows.read += meta.rows_read;
    }
    return results;
  };
  // As much of it as writers and rooms call.
  const db = { prepare: (sql: string) => database.prepare(sql), batch } as unknown as D1Database;
  return { db, rows };
}
