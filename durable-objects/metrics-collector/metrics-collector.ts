import { collectorTable } from "../../src/platform/objects/call-tables.ts";
import { CollectedSeries } from "../../src/telemetry/metrics/collected-series.ts";
import type { MetricPoint } from "../../src/telemetry/metrics/point.ts";
import { VersionedObject } from "../shared/versioned-object.ts";

/** Adds up what the isolates of a deployment measure. It writes nothing: sums begin anew with it. */
export class MetricsCollector extends VersionedObject<CollectedSeries> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { table: collectorTable, compose: () => new CollectedSeries() });
  }

  /** Takes what a source has measured since it told that last. */
  take(source: string, points: readonly MetricPoint[]): void {
    this.parts.take(source, points, Date.now());
  }

  /** All that may be shown now. */
  read(): MetricPoint[] {
    return this.parts.read(Date.now());
  }
}
