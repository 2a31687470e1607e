import { expect, it } from "vitest";
import { writeDataPoints } from "../../../../src/platform/metrics/analytics-points.ts";
import { limits } from "../../../../src/shared/limits.ts";
import type { MetricPoint } from "../../../../src/telemetry/metrics/point.ts";
import { series } from "../../../../src/telemetry/metrics/series.ts";

type Written = { indexes: string[]; blobs: string[]; doubles: number[] };

function written(points: readonly MetricPoint[]): { points: Written[]; left: number } {
  const kept: Written[] = [];
  const left = writeDataPoints({ writeDataPoint: (point) => void kept.push(point) }, points);
  return { points: kept, left };
}

it("writes a counter with its labels, and a histogram with its number, sum and buckets", () => {
  const points: MetricPoint[] = [
    { name: "enviro.votes", values: ["accepted"], kind: "counter", value: 12 },
    { name: "enviro.outbox.age", values: [], kind: "histogram", counts: [2, 0, 1], sum: 7.5 },
  ];
  expect(written(points)).toEqual({
    points: [
      { indexes: ["enviro.votes"], blobs: ["enviro.votes", "accepted"], doubles: [12] },
      {
        indexes: ["enviro.outbox.age"],
        blobs: ["enviro.outbox.age"],
        doubles: [3, 7.5, 2, 0, 1],
      },
    ],
    left: 0,
  });
});

it("writes as many as an invocation may, and tells how many are left", () => {
  const point: MetricPoint = { name: "enviro.watchers", values: [], kind: "gauge", value: 1 };
  const max = limits.analyticsPointsMax;
  const { points, left } = written(Array.from({ length: max + 3 }, () => point));
  expect(points).toHaveLength(max);
  expect(left).toBe(3);
});

it.each(Object.entries(series))("has room for all of %s in one point", (name, definition) => {
  // developers.cloudflare.com, "Analytics Engine: Limits".
  expect(Object.keys(definition.labels).length + 1).toBeLessThanOrEqual(20);
  const buckets = definition.kind === "histogram" ? definition.bounds.length + 1 : 0;
  expect(buckets + 2).toBeLessThanOrEqual(20);
  expect(name.length).toBeLessThanOrEqual(96);
});
