/** One way to win a unit: its cost in steps, and how much it adds towards each need. */
export type CoverItem = { readonly cost: bigint; readonly gains: readonly bigint[] };

/** Find the cheapest items, at most one a unit, whose gains together reach every need. */
export type CoverProblem = {
  readonly itemsByUnit: readonly (readonly CoverItem[])[];
  readonly needs: readonly bigint[];
};

export type CoverSolution = {
  /** The index of the item taken for each unit; null where none is. */
  readonly taken: readonly (number | null)[];
  readonly cost: bigint;
  /** No solution costs less; it is the cost itself where the solution is proven cheapest. */
  readonly atLeast: bigint;
};
