import type { ApiDecision } from "../contract.ts";

/** What stands beside each hash. */
export interface VoteColumns {
  hasChoices: boolean;
  hasNames: boolean;
  hasRegions: boolean;
  hasWeights: boolean;
}

/** The columns that a decision's list of votes has. */
export function voteColumnsOf({ disclosure, regions, weight_max }: ApiDecision): VoteColumns {
  const hasChoices = disclosure !== "aggregate";
  return {
    hasChoices,
    hasNames: disclosure === "roll_call",
    hasRegions: hasChoices && regions.length > 0,
    hasWeights: hasChoices && weight_max > 1,
  };
}
