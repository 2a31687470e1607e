import type { ApiStatistics } from "../contract.ts";
import { IndexFreshness } from "../search/index-freshness.tsx";

export type ComputedFreshnessProps = {
  statistics: Pick<ApiStatistics, "indexed_to" | "computed_at">;
};

/** How fresh statistics are; they are shown for some minutes once they were computed. */
export function ComputedFreshness({
  statistics: { indexed_to: indexedTo, computed_at: computedAt },
}: ComputedFreshnessProps) {
  const ageMs = indexedTo === null ? null : Date.parse(computedAt) - Date.parse(indexedTo);
  return <IndexFreshness indexedTo={indexedTo} ageMs={ageMs} />;
}
