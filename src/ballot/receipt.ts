import type { Ballot } from "./ballot.ts";

/** What the voter keeps: where the ballot stands in the record, and its hash. */
export type Receipt = {
  decisionId: string;
  shard: number;
  seq: number;
  ballotHash: string;
  acceptedAt: number;
};

/** Where a ballot stands: every shard of every decision is a log of its own. */
export type ShardAddress = { decisionId: string; shard: number };

/** SHA-256 of a text (UTF-8), as 64 lower-case hexadecimal digits. The core is given one, since each platform has its own. */
export type Sha256 = (text: string) => string;

/** The text whose SHA-256 is the ballot's hash; any language with JSON can rebuild it from an export. */
export function ballotText(address: ShardAddress, ballot: Ballot): string {
  return JSON.stringify([
    "enviro-governance/ballot/1",
    address.decisionId,
    address.shard,
    ballot.seq,
    ballot.pid,
    ballot.choice,
    ballot.region,
    ballot.weight,
    ballot.acceptedAt,
  ]);
}

/** A receipt is a pure function of the ballot, so a repeated request gets the same one byte for byte without storing it. */
export function receiptOf(address: ShardAddress, ballot: Ballot, sha256: Sha256): Receipt {
  return {
    decisionId: address.decisionId,
    shard: address.shard,
    seq: ballot.seq,
    ballotHash: sha256(ballotText(address, ballot)),
    acceptedAt: ballot.acceptedAt,
  };
}
