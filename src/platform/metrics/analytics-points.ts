import { limits } from "../../shared/limits.ts";
import type { PointWriter } from "../../telemetry/metrics/settings.ts";
import { pointSize, type MetricPoint } from "../../telemetry/metrics/point.ts";

/**
 * Writes points as Analytics Engine takes them: the name as index and first blob, then the values of
 * the labels in their order; as doubles the value, or of a histogram its number, its sum, and the
 * number in each bucket.
 * @returns how many did not fit into one invocation
 */
export function writeDataPoints(dataset: PointWriter, points: readonly MetricPoint[]): number {
  for (const point of points.slice(0, limits.analyticsPointsMax)) {
    const { name, values } = point;
    dataset.writeDataPoint({
      indexes: [name],
      blobs: [name, ...values],
      doubles: doublesOf(point),
    });
  }
  return Math.max(0, points.length - limits.analyticsPointsMax);
}

function doublesOf(point: MetricPoint): number[] {
  if (point.kind !== "histogram") return [point.value];
  return [pointSize(point), point.sum, ...point.counts];
}
