import type { DecisionStatus } from "../decision/decision.ts";
import type { FinalVerdict } from "../results/listed-result.ts";

/** Title and description in one language; null is the one that a decision is drafted in, not known. */
export interface DocumentText {
  language: string | null;
  title: string;
  description: string;
}

/**
 * A decision as it is found: of decisions that were opened alone, as everybody may read them. A
 * rehearsal is found by its words; of its results there is nothing, so that no statistic has them.
 */
export interface DecisionDocument {
  id: string;
  /** Moves with every change of what follows: an older one never replaces a newer. */
  version: number;
  texts: readonly [DocumentText, ...DocumentText[]];
  status: DecisionStatus;
  /** What its rule says of the votes; null until it is closed. */
  outcome: FinalVerdict | null;
  owner: string | null;
  /** Codes, without repeats. */
  regions: readonly string[];
  /** What its rule counts by. */
  rule: "ballots" | "weight" | "both";
  /** In ms, as are the others; the last two are null until they are known. */
  opensAt: number;
  closesAt: number | null;
  closedAt: number | null;
  /** Who is on its roll, and who has voted, where its final results show both. */
  electorate: number | null;
  voted: number | null;
}
