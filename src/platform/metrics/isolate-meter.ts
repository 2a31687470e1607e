import { MemoryMeter, noMeter, type Meter } from "../../telemetry/metrics/meter.ts";
import { chooseMetrics, type MetricsVariables } from "../../telemetry/metrics/settings.ts";

/** Of the whole isolate: the Worker and the objects that live in it measure into one. */
export const isolateMeter = new MemoryMeter(() => Date.now());

/** Where an entry of the Worker or an object measures. */
export function meterOf(env: MetricsVariables): Meter {
  const { kind } = chooseMetrics(env);
  return kind === "prometheus" || kind === "analytics-engine" ? isolateMeter : noMeter;
}
