import { expect, it } from "vitest";
import { chooseMetrics } from "../../../../src/telemetry/metrics/settings.ts";

it("is Prometheus where nothing is chosen", () => {
  expect(chooseMetrics({})).toEqual({ kind: "prometheus" });
  expect(chooseMetrics({ METRICS: "none" })).toEqual({ kind: "none" });
});

it("is the dataset that is bound, and says where there is none", () => {
  const dataset = { writeDataPoint: () => {} };
  const METRICS = "analytics-engine";
  expect(chooseMetrics({ METRICS, METRICS_DATASET: dataset })).toEqual({ kind: METRICS, dataset });
  const problem = "METRICS is analytics-engine, and there is no binding METRICS_DATASET";
  expect(chooseMetrics({ METRICS })).toEqual({ kind: "misconfigured", problem });
});

it("measures nothing by a choice that there is not", () => {
  const problem = "METRICS is neither prometheus nor analytics-engine nor none";
  expect(chooseMetrics({ METRICS: "statsd" })).toEqual({ kind: "misconfigured", problem });
});
