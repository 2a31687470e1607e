/** A list of rows by ascending hash, in pages. */
export interface SortedPages<Row> {
  pages: number;
  /** Reads a page, from 1 on. */
  readPage: (page: number) => Promise<readonly Row[]>;
  hashOf: (row: Row) => string;
}

/**
 * The first row whose hash begins with these hexadecimal digits; null where there is none. Whole
 * pages are read, about as many as a page number has bits, so that who serves them does not learn
 * which of hundreds of ballots is looked for.
 */
export async function findInPages<Row>(
  digits: string,
  { pages, readPage, hashOf }: SortedPages<Row>,
): Promise<Row | null> {
  let [from, to] = [1, pages];
  let found: Row | null = null;
  while (from <= to) {
    const page = Math.floor((from + to) / 2);
    const rows = await readPage(page);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return null;
    found = rows.find((row) => hashOf(row).startsWith(digits)) ?? found;
    // A page before may have one that stands before it.
    if (hashOf(first) >= digits) to = page - 1;
    else if (hashOf(last) < digits) from = page + 1;
    else return found;
  }
  return found;
}
