import type { RowSource, VoteRow } from "./row-source.ts";

/** Which rows are shown; null for all. */
export interface VoteFilter {
  choice: NonNullable<VoteRow["choice"]> | null;
  region: string | null;
}

export const noFilter: VoteFilter = { choice: null, region: null };

export function isFiltering({ choice, region }: VoteFilter): boolean {
  return choice !== null || region !== null;
}

/** The rows that a filter lets through, in their order. */
export function filterRows(rows: readonly VoteRow[], { choice, region }: VoteFilter): VoteRow[] {
  return rows.filter(
    (row) =>
      (choice === null || row.choice === choice) && (region === null || row.region === region),
  );
}

/** Names in the order of the reader's language, those without one last, in the order of hashes. */
export function sortByName(rows: readonly VoteRow[], locale: string): VoteRow[] {
  const { compare } = new Intl.Collator(locale);
  return rows.toSorted((a, b) => {
    if (a.name === null || b.name === null)
      return Number(a.name === null) - Number(b.name === null);
    return compare(a.name, b.name);
  });
}

/** Rows that are all there. */
export class LocalRows implements RowSource {
  readonly size: number;
  readonly revision = 0;
  readonly failure = null;
  readonly rows: readonly VoteRow[];

  constructor(rows: readonly VoteRow[]) {
    this.rows = rows;
    this.size = rows.length;
  }

  row(index: number): VoteRow | null {
    return this.rows[index] ?? null;
  }

  /** They are there already. */
  want(): void {}
  retry(): void {}
  readonly subscribe = () => () => {};
}
