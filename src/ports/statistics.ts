import type { ComputedStatistics } from "../search/computed-statistics.ts";

/** Statistics as readers get them: computed once in a while, and shared meanwhile. */
export interface Statistics {
  /**
   * Of one decision, or of all (null). Nothing may be decided by them.
   * @throws {SearchUnavailable} there are none that are young enough, and none can be computed
   */
  read(decisionId: string | null): Promise<ComputedStatistics>;
}
