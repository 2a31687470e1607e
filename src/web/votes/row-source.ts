import type { ApiChoice } from "../contract.ts";

/** A published ballot, as the list shows it. */
export interface VoteRow {
  /** In its list, from 1 on. */
  number: number;
  hash: string;
  /** Null where the decision publishes hashes alone. */
  choice: ApiChoice | null;
  /** Both null where too few voters share them. */
  region: string | null;
  weight: number | null;
  /** Of roll calls. */
  name: string | null;
  statement: string | null;
}

/** Rows that may have to be fetched before they can be shown. */
export interface RowSource {
  readonly size: number;
  /** Another number whenever something has come or failed. */
  readonly revision: number;
  /** Why the last rows that were wanted did not come; null where nothing is wrong. */
  readonly failure: Error | null;
  /** Null where it is not there yet; indices begin with 0. */
  row(index: number): VoteRow | null;
  /** These are in view now: what was wanted before no longer is. */
  want(from: number, to: number): void;
  /** Tries once more what has failed. */
  retry(): void;
  readonly subscribe: (listener: () => void) => () => void;
}
