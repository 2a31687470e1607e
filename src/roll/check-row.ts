import { limits } from "../shared/limits.ts";
import type { RollRow, RowProblem } from "./row-problem.ts";

/** Checks what a row says against the decision's regions; an empty set means that it has none. */
export function checkRow(row: RollRow, regions: ReadonlySet<string>): RollRow | RowProblem {
  const { voterId, region, weight } = row;
  if (voterId === "") return "voter_id.missing";
  if (voterId.length > limits.voterIdCharactersMax) return "voter_id.too_long";
  // Half of a surrogate pair has no UTF-8 of its own: two voters could become one.
  if (!voterId.isWellFormed()) return "voter_id.malformed";
  if (regions.size === 0 ? region !== "" : !regions.has(region)) return "region.unknown";
  const isWeight = Number.isInteger(weight) && weight >= 1 && weight <= limits.ballotWeightMax;
  return isWeight ? row : "weight.invalid";
}
