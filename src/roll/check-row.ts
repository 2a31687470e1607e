import { limits } from "../shared/limits.ts";
import { normalizeVoterId, type VoterIdForm } from "../voter-id/voter-id.ts";
import type { RollRow, RowProblem, WrittenRow } from "./row-problem.ts";

/** What the rows of an upload are checked against. */
export interface RowRules {
  /** The codes of the decision's regions; an empty set means that it has none. */
  regions: ReadonlySet<string>;
  voterIds: VoterIdForm;
}

/** Checks what a row says, and gives it with its voter_id in the one spelling. */
export function checkRow(row: WrittenRow, { regions, voterIds }: RowRules): RollRow | RowProblem {
  const { weight } = row;
  const region = composed(row.region, regions);
  const voterId = normalizeVoterId(row.voterId, voterIds);
  if (typeof voterId !== "string") return voterId.code;
  if (regions.size === 0 ? region !== "" : !regions.has(region)) return "region.unknown";
  const isWeight = Number.isInteger(weight) && weight >= 1 && weight <= limits.ballotWeightMax;
  return isWeight ? { voterId, region, weight } : "weight.invalid";
}

/** Codes are kept composed (NFC); a file may hold them otherwise. */
function composed(region: string, regions: ReadonlySet<string>): string {
  return regions.has(region) ? region : region.normalize("NFC");
}
