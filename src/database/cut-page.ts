import type { Page } from "./database.ts";

/** A page of rows that were read with one more than asked for, to know whether another follows. */
export function cutPage<Row, Cursor>(
  rows: Row[],
  perPage: number,
  cursorOf: (row: Row) => Cursor,
): Page<Row, Cursor> {
  const items = rows.slice(0, perPage);
  const last = items.at(-1);
  return { items, next: rows.length > perPage && last !== undefined ? cursorOf(last) : null };
}
