import type { ReceiptReport } from "../../verification/check-receipt.ts";
import type { ListName } from "../../verification/finding.ts";
import type { IndexedRow, RowFilter } from "../../verification/publication-index.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import type { VerificationReport } from "../../verification/verify-published.ts";

/** Which publication is verified. */
export interface VerificationTask {
  origin: string;
  decisionId: string;
  /** Public keys that the reader has from elsewhere. */
  trustedKeys: readonly string[];
}

/** Where a hash stands: a list, and its row's index from 0 on. */
export interface FoundHash {
  list: ListName;
  index: number;
}

/** What can be asked of a publication that was read, and what is answered. */
export interface VerificationQueries {
  /** Rows of a list by their indices, from 0 on; at most `rowsMax` at once. */
  rows: { ask: { list: ListName; from: number; to: number }; answer: IndexedRow[] };
  /** Rows of the counted list by indices that a filter gave. */
  rowsAt: { ask: { indices: Uint32Array }; answer: IndexedRow[] };
  /** The indices of the counted rows that a filter lets through. */
  filter: { ask: RowFilter; answer: Uint32Array };
  /** Where this hash is; null where it is in neither list. */
  find: { ask: { hash: string }; answer: FoundHash | null };
  /** Some counted rows whose hash begins so, as a person reads it out. */
  findPrefix: { ask: { prefix: string }; answer: number[] };
  /** Regions that rows name, for a choice of filters. */
  regions: { ask: Record<string, never>; answer: string[] };
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
  | { type: "cancel" }
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
