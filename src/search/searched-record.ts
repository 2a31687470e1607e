import type { DecisionDocument } from "./decision-document.ts";
import type { BallotPage } from "./search.ts";

/** What is to be found of a decision, and in how many pages its ballots are published. */
export interface SearchedDecision {
  document: DecisionDocument;
  /** 0 until it is certified, and where the publication shows no choices. */
  pages: number;
}

/** A page of a publication's counted ballots, and when its decision closed (ms). */
export interface SearchedPage {
  /** JSON texts with a line feed after each. */
  rows: string;
  closedAt: number;
}

/** The record, as whoever fills the index reads it: what everybody may read, and nothing else. */
export interface SearchedRecord {
  /** Null where there is no such decision, or it was never opened. */
  readDecision(decisionId: string): Promise<SearchedDecision | null>;
  /** Null where its publication has no such page, or shows no choices. */
  readBallots(decisionId: string, page: number): Promise<BallotPage | null>;
  /** Ids of all decisions ever created, in their order, after `after`. */
  listIds(after: string, max: number): Promise<string[]>;
}
