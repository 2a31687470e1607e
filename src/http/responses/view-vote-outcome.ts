import type { ReceiptKeys } from "../../auth/receipt-keys.ts";
import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { Receipt } from "../../ballot/receipt.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import { problems, type ProblemCode } from "../problems/problems.ts";

type Counted = Extract<CastOutcome, { kind: "accepted" | "repeated" }>;
type Refused = Exclude<CastOutcome, Counted> | ShardFailure;

/** Whether the vote stands in the record, from this request or an earlier one. */
export function isCounted(outcome: CastOutcome | ShardFailure): outcome is Counted {
  return typeof outcome !== "string" && outcome.kind !== "refused";
}

/** The code of a refused vote. */
export function voteProblemCode(outcome: Refused): ProblemCode {
  return typeof outcome === "string" ? `shard.${outcome}` : outcome.code;
}

/** One vote's outcome in a batch; `keys` where its receipt is to be signed. */
export function viewVoteOutcome(outcome: CastOutcome | ShardFailure, keys: ReceiptKeys | null) {
  if (isCounted(outcome)) {
    const { receipt } = outcome;
    const view = keys === null ? viewReceipt(receipt) : viewSignedReceipt(receipt, keys);
    return { status: outcome.kind, receipt: view };
  }
  const code = voteProblemCode(outcome);
  const { detail } = problems[code];
  return { status: "refused" as const, code, detail };
}

/** A receipt as the API shows it, with the deployment's signature. */
export function viewSignedReceipt(receipt: Receipt, keys: ReceiptKeys) {
  return {
    ...viewReceipt(receipt),
    ...keys.signReceipt(receipt.decisionId, receipt.ballotHash),
  };
}

function viewReceipt({ decisionId, ballotHash, r, u, c }: Receipt) {
  return { decision_id: decisionId, ballot_hash: ballotHash, r, u, c };
}
