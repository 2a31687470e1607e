import { isSameText } from "../shared/same-text.ts";
import type { BallotOpener } from "./opening.ts";
import type { VoterRecord } from "./voter.ts";

/** Who asks whether a ballot is counted, and what shows that it is the own one. */
export interface OwnVoteQuestion {
  pid: string;
  /** The r of the receipt. */
  proof: string;
}

/** The nonce of nobody: there is as much to compute where there is no ballot. */
const noNonce = "0".repeat(64);

/**
 * Whether the ballot with this r is counted: it is its voter's newest, and a vote. Whoever does not
 * have that r is told nothing else than where there is no ballot, in the same time.
 */
export function isOwnVoteCounted(
  record: VoterRecord | undefined,
  { pid, proof }: OwnVoteQuestion,
  opener: Pick<BallotOpener, "rOf">,
): boolean {
  const newest = record?.at(-1);
  const isProof = isSameText(proof, opener.rOf({ pid, nonce: newest?.nonce ?? noNonce }));
  return isProof && newest !== undefined && newest.choice !== "withdrawn";
}
