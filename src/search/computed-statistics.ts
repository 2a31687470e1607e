import type { SearchStatistics } from "./search.ts";

/** What was counted of one decision, or of all, and when; times in ms. */
export interface ComputedStatistics {
  statistics: SearchStatistics;
  /**
   * How many ballots the decision's final result counts: where there are fewer here, the index does
   * not have them all. Null of all decisions, and where no final result shows its counts.
   */
  ballotsCounted: number | null;
  /** What had changed until then is counted; null where nothing was ever indexed. */
  indexedTo: number | null;
  computedAt: number;
}
