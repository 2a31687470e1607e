import type { VoterIdForm } from "../voter-id/voter-id.ts";
import type { DecisionDraft } from "./decision.ts";

/**
 * The form in which a decision's voter_ids are one: case is preserved only where a roll says who
 * there is. Without one, `ana` and `Ana` would be two voters at will.
 */
export function voterIdFormOf({
  electorate,
  voterIds,
}: Pick<DecisionDraft, "electorate" | "voterIds">): VoterIdForm {
  return electorate === "open" ? "case_mapped" : voterIds;
}
