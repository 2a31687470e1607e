/** A way to win a unit: its steps, and what it brings towards each need. */
export type CoverItem = { readonly cost: bigint; readonly gains: readonly bigint[] };

export type CoverSolution = {
  /** The item taken at each unit, by its index; null where none is. */
  readonly taken: readonly (number | null)[];
  readonly cost: bigint;
  /** No choice costs less than this; it is the cost itself where the choice is proven least. */
  readonly atLeast: bigint;
};
