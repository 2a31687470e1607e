/** Ballots and their summed weight. */
export type WeightedCount = { readonly ballots: number | bigint; readonly weight: bigint };

/**
 * Votes and voters by kind, of one region or of the whole.
 * Where `present` is missing, whoever cast a ballot was present.
 */
export type VoteCounts = {
  readonly yes: WeightedCount;
  readonly no: WeightedCount;
  readonly abstain: WeightedCount;
  readonly blank?: WeightedCount;
  readonly invalid?: WeightedCount;
  readonly present?: WeightedCount;
  readonly eligible?: WeightedCount;
};

/** All that a rule is evaluated on. */
export type RuleInput = {
  /** The whole, where it is more than the sum of the regions, as with voters in none of them. */
  readonly total?: VoteCounts;
  readonly regions: ReadonlyMap<string, VoteCounts>;
  readonly isClosed: boolean;
  /** The chair's, used where the rule says so and the votes are equal. */
  readonly castingVote?: "yes" | "no";
};
