import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { Receipt } from "../../ballot/receipt.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import { problems, type ProblemCode } from "../problems/problems.ts";
import { isoTime } from "./iso-time.ts";

type Counted = Extract<CastOutcome, { kind: "accepted" | "repeated" }>;
type Refused = Exclude<CastOutcome, Counted> | ShardFailure;

/** Whether the vote stands in the record, from this request or an earlier one. */
export function isCounted(outcome: CastOutcome | ShardFailure): outcome is Counted {
  return typeof outcome !== "string" && outcome.kind !== "refused";
}

/** The code of a refused vote, with the receipt of the ballot that stands against it. */
export function toVoteProblem(outcome: Refused): {
  code: ProblemCode;
  receipt?: ReturnType<typeof viewReceipt>;
} {
  if (typeof outcome === "string") return { code: `shard.${outcome}` };
  const { code, receipt } = outcome;
  return receipt === null ? { code } : { code, receipt: viewReceipt(receipt) };
}

/** One vote's outcome in a batch. */
export function viewVoteOutcome(outcome: CastOutcome | ShardFailure) {
  if (isCounted(outcome)) {
    return { status: outcome.kind, receipt: viewReceipt(outcome.receipt) };
  }
  const { code, receipt } = toVoteProblem(outcome);
  const { detail } = problems[code];
  return { status: "refused" as const, code, detail, ...(receipt && { receipt }) };
}

/** A receipt as the API shows it. */
export function viewReceipt({ decisionId, shard, seq, ballotHash, acceptedAt }: Receipt) {
  return {
    decision_id: decisionId,
    shard,
    seq,
    ballot_hash: ballotHash,
    accepted_at: isoTime(acceptedAt),
  };
}
