import type { Visibility } from "../decision/decision.ts";
import type { Ballot } from "./ballot.ts";

/** What the voter keeps: where the ballot stands in the record, and its hash. */
export type Receipt = {
  decisionId: string;
  shard: number;
  /**
   * Null in a sealed decision: there a ballot's number would tell its voter how many came before.
   */
  seq: number | null;
  ballotHash: string;
  acceptedAt: number;
};

/** Where a ballot stands: every shard of every decision is a log of its own. */
export type ShardAddress = { decisionId: string; shard: number };

export type ReceiptTerms = ShardAddress & { visibility: Visibility };

/**
 * SHA-256 of a text (UTF-8), as 64 lower-case hexadecimal digits. The core is given one, since each
 * platform has its own.
 */
export type Sha256 = (text: string) => string;

/**
 * The text whose SHA-256 is the ballot's hash; any language with JSON can rebuild it from an export
 * (docs/receipts.md). The number is left out where the receipt leaves it out: it would be the only
 * part that the voter does not know, and a few thousand guesses would find it.
 */
export function ballotText(terms: ReceiptTerms, ballot: Ballot): string {
  return JSON.stringify([
    "enviro-governance/ballot/1",
    terms.decisionId,
    terms.shard,
    shownSeq(terms, ballot),
    ballot.pid,
    ballot.choice,
    ballot.region,
    ballot.weight,
    ballot.acceptedAt,
  ]);
}

/**
 * A receipt is a pure function of the ballot, so a repeated request gets the same one byte for byte
 * without storing it.
 */
export function receiptOf(terms: ReceiptTerms, ballot: Ballot, sha256: Sha256): Receipt {
  return {
    decisionId: terms.decisionId,
    shard: terms.shard,
    seq: shownSeq(terms, ballot),
    ballotHash: sha256(ballotText(terms, ballot)),
    acceptedAt: ballot.acceptedAt,
  };
}

function shownSeq({ visibility }: ReceiptTerms, { seq }: Ballot): number | null {
  return visibility === "sealed" ? null : seq;
}
