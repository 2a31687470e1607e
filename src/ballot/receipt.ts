import type { Opening } from "./opening.ts";

/** Where a ballot stands: every shard of every decision is a log of its own. */
export type ShardAddress = { decisionId: string; shard: number };

/**
 * What the voter keeps, before it is signed: the ballot's hash, and the parts of its opening that
 * its voter needs. `r` shows that the ballot is the voter's; who is shown it can follow the ballot.
 * With `c` the voter recomputes the hash, also where a roll says region and weight.
 */
export type Receipt = { decisionId: string; ballotHash: string; r: string; u: string; c: string };

/**
 * A receipt is a pure function of the ballot, so a repeated request gets the same one byte for byte
 * without storing it.
 */
export function receiptOf(decisionId: string, { hash, r, u, c }: Opening): Receipt {
  return { decisionId, ballotHash: hash, r, u, c };
}
