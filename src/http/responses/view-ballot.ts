import type { Ballot } from "../../ballot/ballot.ts";

/** A ballot as the API shows it. */
export function viewBallot({ seq, pid, choice, region, weight, acceptedAt }: Ballot) {
  return { seq, pid, choice, region, weight, accepted_at: new Date(acceptedAt).toISOString() };
}
