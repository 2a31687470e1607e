/** A way to win a site: its steps, and what it brings towards each need. */
export type Option = { readonly cost: bigint; readonly gains: readonly bigint[] };

export type Choice = {
  /** The option taken at each site, by its place; null where none is. */
  readonly taken: readonly (number | null)[];
  readonly cost: bigint;
  /** No choice costs less than this; it is the cost itself where the choice is proven least. */
  readonly atLeast: bigint;
};
