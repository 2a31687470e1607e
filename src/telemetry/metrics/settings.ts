/** As much as is used of the platform's `AnalyticsEngineDataset`. */
export interface PointWriter {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void;
}

/** Where measurements go; a wrong choice measures nothing, and stops nothing. */
export type MetricsChoice =
  | { kind: "none" }
  /** The collector, whom Prometheus asks. */
  | { kind: "prometheus" }
  | { kind: "analytics-engine"; dataset: PointWriter }
  | { kind: "misconfigured"; problem: string };

export interface MetricsVariables {
  METRICS?: string;
  METRICS_DATASET?: PointWriter;
}

/** Reads the choice from a Worker's environment; without METRICS it is `prometheus`. */
export function chooseMetrics(env: MetricsVariables): MetricsChoice {
  const { METRICS: chosen = "prometheus", METRICS_DATASET: dataset } = env;
  if (chosen === "none" || chosen === "prometheus") return { kind: chosen };
  if (chosen !== "analytics-engine")
    return misconfigured("METRICS is neither prometheus nor analytics-engine nor none");
  if (dataset === undefined)
    return misconfigured("METRICS is analytics-engine, and there is no binding METRICS_DATASET");
  return { kind: "analytics-engine", dataset };
}

function misconfigured(problem: string): MetricsChoice {
  return { kind: "misconfigured", problem };
}
