import {
  normalizeVoterId,
  type NormalVoterId,
  type VoterIdForm,
} from "../../src/voter-id/voter-id.ts";

/** The one spelling of a voter_id that a test is sure of. */
export function sampleVoterId(text: string, form: VoterIdForm = "case_mapped"): NormalVoterId {
  const voterId = normalizeVoterId(text, form);
  if (typeof voterId !== "string") throw new Error(`${JSON.stringify(text)}: ${voterId.code}`);
  return voterId;
}
