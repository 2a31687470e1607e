import { limits } from "../shared/limits.ts";
import { isKeepable } from "../shared/storable-text.ts";
import { normalizeVoterId, type VoterIdForm } from "../voter-id/voter-id.ts";
import type { RollRow, RowProblem, WrittenRow } from "./row-problem.ts";

/** What the rows of an upload are checked against. */
export interface RowRules {
  /** The codes of the decision's regions; an empty set means that it has none. */
  regions: ReadonlySet<string>;
  voterIds: VoterIdForm;
  /** Whether votes are published with names. */
  hasNames: boolean;
  /** Columns or members that are passed over, as `columnName` spells them. */
  ignored: ReadonlySet<string>;
}

/** Checks what a row says, and gives it with its voter_id in the one spelling. */
export function checkRow(row: WrittenRow, { regions, voterIds }: RowRules): RollRow | RowProblem {
  const { weight } = row;
  const voterId = normalizeVoterId(row.voterId, voterIds);
  if (typeof voterId !== "string") return voterId.code;
  const region = findRegion(row.region, regions);
  if (region === null) return "region.unknown";
  if (weight < 1 || weight > limits.ballotWeightMax) return "weight.invalid";
  const { name } = row;
  if (name === "") return { voterId, region, weight };
  const isName = name.length <= limits.voterIdCharactersMax && isKeepable(name);
  return isName ? { voterId, region, weight, name } : "name.malformed";
}

/** Codes are kept composed (NFC) and without blanks around; a file may hold them otherwise. */
function findRegion(region: string, regions: ReadonlySet<string>): string | null {
  if (regions.has(region)) return region;
  const composed = region.trim().normalize("NFC");
  if (regions.size === 0) return composed === "" ? composed : null;
  return regions.has(composed) ? composed : null;
}
