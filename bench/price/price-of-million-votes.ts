import { listPrice } from "../../src/planner/price-list.ts";
import {
  unitsAVote,
  type CastingUnit,
  type VotedDecision,
} from "../../src/planner/units-a-vote.ts";

/** USD by what is billed, and their sum. */
export interface Price {
  lines: Record<CastingUnit, number>;
  total: number;
}

/**
 * What a million votes cost in USD while they are cast, by the list prices, with nothing taken off
 * for what a plan includes. A unit a vote is a million units a million votes.
 */
export function priceOfMillionVotes(decision: VotedDecision): Price {
  const units = unitsAVote(decision);
  // The keys are those of the units, each once.
  const names = Object.keys(units) as CastingUnit[];
  const priced = names.map((name) => [name, listPrice(name, 1_000_000 * units[name])] as const);
  return {
    lines: Object.fromEntries(priced) as Price["lines"],
    total: priced.reduce((sum, [, usd]) => sum + usd, 0),
  };
}
