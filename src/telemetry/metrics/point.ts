/**
 * What has changed of one series since it was told last: of counters and histograms how much, of
 * gauges what is so now. `values` are those of its labels, in their order.
 */
export type MetricPoint = { name: string; values: readonly string[] } & PointValue;

export type PointValue =
  | { kind: "counter"; value: number }
  /** `counts` has one more than there are bounds: what is above them all. */
  | { kind: "histogram"; counts: number[]; sum: number }
  | { kind: "gauge"; value: number };

/** What names a series and the values of its labels. */
export function pointKey(name: string, values: readonly string[]): string {
  return values.length === 0 ? name : `${name}\n${values.join("\n")}`;
}

/** How much a counter has counted, or how many values a histogram has. */
export function pointSize(point: Exclude<PointValue, { kind: "gauge" }>): number {
  return point.kind === "counter"
    ? point.value
    : point.counts.reduce((sum, count) => sum + count, 0);
}
