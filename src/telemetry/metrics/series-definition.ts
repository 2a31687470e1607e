/** What a label may be: one of a few values, or a text of a shape whose values code alone makes. */
export type LabelRule = readonly string[] | RegExp;

interface AnySeries {
  help: string;
  labels: Readonly<Record<string, LabelRule>>;
  /** Values of labels without a list that stand there as 0 before the first, for an alert to see it. */
  expected?: readonly (readonly string[])[];
  /**
   * Whether votes move it: then it is shown when it has grown by `limits.metricsHeldBack` since it
   * was shown last, by the values of its labels in their order.
   */
  isHeldBack?: (values: readonly string[]) => boolean;
}

/** What only grows. */
export interface CounterDefinition extends AnySeries {
  kind: "counter";
}

/** How values are spread: how many are at most each of `bounds`, which ascend. */
export interface HistogramDefinition extends AnySeries {
  kind: "histogram";
  /** As OpenMetrics has it in a name; empty for a plain number. */
  unit: "seconds" | "ballots";
  bounds: readonly number[];
}

/** What is so now; `across` says how it is put together of many isolates and objects. */
export interface GaugeDefinition extends AnySeries {
  kind: "gauge";
  unit: "seconds" | "";
  across: "sum" | "max";
  /**
   * Where votes move it: the worst of the last minute is kept, and told as the first of these steps
   * that is no less. It stays for minutes, so that nobody counts how often it was set.
   */
  steps?: readonly number[];
}

export type SeriesDefinition = CounterDefinition | HistogramDefinition | GaugeDefinition;
