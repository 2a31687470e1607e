import type { ReceiptReport } from "../../verification/check-receipt.ts";
import type { IndexedRow, RowFilter } from "../../verification/publication-index.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import type { VerificationReport } from "../../verification/verification-report.ts";

/** Which publication is verified. */
export interface VerificationTask {
  origin: string;
  decisionId: string;
  /** Public keys that the reader has from elsewhere. */
  trustedKeys: readonly string[];
}

/** What can be asked of a publication that was read, and what is answered. */
export interface VerificationQueries {
  /** Rows of the counted list by indices that a filter gave; at most `rowsMax` at once. */
  rowsAt: { ask: { indices: Uint32Array }; answer: IndexedRow[] };
  /** The indices of the counted rows that a filter lets through. */
  filter: { ask: RowFilter; answer: Uint32Array };
  /** A receipt as file, QR code or JSON; null where the text is none. */
  receipt: { ask: { text: string }; answer: ReceiptReport | null };
}
export type QueryName = keyof VerificationQueries;

type Query<Name extends QueryName> = {
  type: "query";
  request: number;
  name: Name;
  ask: VerificationQueries[Name]["ask"];
};

/** From the page to its worker. */
export type VerificationOrder =
  | { type: "start"; task: VerificationTask }
  | { [Name in QueryName]: Query<Name> }[QueryName];

/** Why a verification ended without a report. */
export type VerificationFailure =
  | { reason: "cancelled" }
  /** A decision that was not certified yet has no publication. */
  | { reason: "not_certified" }
  /** With the API's own code, or `unreachable`. */
  | { reason: "unreadable"; code: string }
  | { reason: "broken"; message: string };

/** From the worker to its page. */
export type VerificationMessage =
  | { type: "progress"; progress: VerificationProgress }
  | { type: "report"; report: VerificationReport }
  | { type: "failure"; failure: VerificationFailure }
  | { type: "answer"; request: number; answer: VerificationQueries[QueryName]["answer"] }
  /** It was asked before the publication was read, or for too much. */
  | { type: "refusal"; request: number; message: string };

/** Rows that are asked for at once: a screen has some fifty. */
export const rowsMax = 2_000;
