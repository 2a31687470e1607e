import type { ReceiptMismatch } from "../../client/client-errors.ts";
import type { ApiChoice, ApiProblem } from "../contract.ts";
import type { BallotToken } from "./ballot-token.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import type { VoteAnswer, VoteAttempt } from "./send-vote.ts";

/** Why a token is asked for, beside that there is none. */
export type TokenProblem = "insecure" | "expired" | "cut" | "unfinished";

/** Where a voter is on the way of one vote. */
export type BallotStep =
  /** Until the browser has looked for a token: what the Worker renders. */
  | { kind: "starting" }
  | { kind: "token"; problem: TokenProblem | null }
  | { kind: "other_decision"; token: BallotToken }
  | { kind: "choice" }
  | { kind: "review"; choice: ApiChoice; statement: string | null }
  | { kind: "withdrawal" }
  /** `sending` counts from 1; 0 while another tab of this browser is at it. */
  | { kind: "sending"; choice: VoteAttempt["choice"]; sending: number }
  | UnsettledStep
  /** `isNew` where it was answered just now, and not found in this browser. */
  | { kind: "recorded"; ballot: KeptBallot; isNew: boolean }
  | { kind: "mismatch"; mismatch: ReceiptMismatch; ballot: KeptBallot }
  | { kind: "refused"; problem: ApiProblem; isDoubtful: boolean };

/** No clear answer has come; it is sent again. */
export interface UnsettledStep {
  kind: "unsettled";
  choice: VoteAttempt["choice"];
  answer: Extract<VoteAnswer["kind"], "busy" | "unknown" | "unsent" | "unreadable">;
  /** Whether it is certain that no sending has left this browser. */
  isUnsent: boolean;
}

/** Whether a vote was sent and its voter has not read what came of it. */
export function isUnderWay({ kind }: BallotStep): boolean {
  return kind === "sending" || kind === "unsettled" || kind === "mismatch" || kind === "refused";
}

/** Whether a voter needs this step also once voting is over. */
export function outlivesVoting(step: BallotStep): boolean {
  return isUnderWay(step) || (step.kind === "recorded" && step.isNew);
}

/** Whether it is shown by what is loaded once there is an answer. */
export function isAnswer({ kind }: BallotStep): boolean {
  return kind === "recorded" || kind === "mismatch" || kind === "refused";
}
