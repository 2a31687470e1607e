import { findSeries } from "./series.ts";

/** One gauge of what its sources say. */
export function acrossSources(name: string, values: readonly number[]): number {
  const definition = findSeries(name);
  const isSum = definition?.kind === "gauge" && definition.across === "sum";
  return isSum ? values.reduce((sum, each) => sum + each, 0) : Math.max(0, ...values);
}
