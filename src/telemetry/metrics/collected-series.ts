import { BoundedMap } from "../../shared/bounded-map.ts";
import { limits } from "../../shared/limits.ts";
import { acrossSources } from "./gauges.ts";
import { areAllowed } from "./label-rules.ts";
import { pointKey, pointSize, type MetricPoint } from "./point.ts";
import { findSeries } from "./series.ts";
import type { SeriesDefinition } from "./series-definition.ts";

type SummedPoint = Exclude<MetricPoint, { kind: "gauge" }>;

/** A sum, and what is shown of it: where votes move it that is what it was some votes ago. */
interface KeptSum {
  all: SummedPoint;
  shown: SummedPoint;
  isHeldBack: boolean;
}

interface GaugeSource {
  at: number;
  gauges: readonly Extract<MetricPoint, { kind: "gauge" }>[];
}

/**
 * What all isolates of a deployment have told, added up: in memory alone, so that sums begin anew
 * with the object, which who reads counters expects. A bounded number of series.
 */
export class CollectedSeries {
  readonly #sums = new Map<string, KeptSum>();
  readonly #sources = new BoundedMap<string, GaugeSource>(limits.metricsSourcesMax);
  #dropped = 0;

  /** Adds what a source has told; `now` in ms. What this release has no series for is left out. */
  take(source: string, points: readonly MetricPoint[], now: number): void {
    const gauges: GaugeSource["gauges"][number][] = [];
    for (const point of points) {
      const definition = findSeries(point.name);
      if (definition?.kind !== point.kind || !areAllowed(definition, point.values)) continue;
      if (point.kind === "gauge") gauges.push(point);
      else if (hasBounds(definition, point)) this.#add(definition, point);
    }
    this.#sources.set(source, { at: now, gauges });
  }

  /** All that may be shown at `now` (ms), a point for each series and its labels. */
  read(now: number): MetricPoint[] {
    const dropped: MetricPoint[] =
      this.#dropped === 0
        ? []
        : [
            {
              name: "enviro.telemetry.dropped",
              values: ["collector_full"],
              kind: "counter",
              value: this.#dropped,
            },
          ];
    return [
      ...[...this.#sums.values()].map(({ shown }) => shown),
      ...dropped,
      ...this.#gauges(now),
    ];
  }

  #gauges(now: number): MetricPoint[] {
    const fresh = [...this.#sources.values()].filter(({ at }) => now - at <= limits.metricsGaugeMs);
    const all = fresh.flatMap(({ gauges }) => gauges);
    return [...Map.groupBy(all, ({ name, values }) => pointKey(name, values)).values()].flatMap(
      ([first, ...rest]) => {
        if (first === undefined) return [];
        const told = [first, ...rest].map(({ value }) => value);
        return [{ ...first, value: acrossSources(first.name, told) }];
      },
    );
  }

  #add(definition: SeriesDefinition, point: SummedPoint): void {
    const key = pointKey(point.name, point.values);
    let kept = this.#sums.get(key);
    if (kept === undefined) {
      if (this.#sums.size >= limits.metricsSeriesMax) {
        this.#dropped += 1;
        return;
      }
      const none = emptied(point);
      const isHeldBack = definition.isHeldBack?.(point.values) ?? false;
      kept = { all: none, shown: none, isHeldBack };
      this.#sums.set(key, kept);
    }
    kept.all = sumOf(kept.all, point);
    const grown = pointSize(kept.all) - pointSize(kept.shown);
    if (!kept.isHeldBack || grown >= limits.metricsHeldBack) kept.shown = kept.all;
  }
}

function hasBounds(definition: SeriesDefinition, point: SummedPoint): boolean {
  return (
    definition.kind !== "histogram" ||
    (point.kind === "histogram" && point.counts.length === definition.bounds.length + 1)
  );
}

function emptied(point: SummedPoint): SummedPoint {
  return point.kind === "counter"
    ? { ...point, value: 0 }
    : { ...point, counts: point.counts.map(() => 0), sum: 0 };
}

function sumOf(one: SummedPoint, other: SummedPoint): SummedPoint {
  if (one.kind === "counter" && other.kind === "counter")
    return { ...one, value: one.value + other.value };
  if (one.kind !== "histogram" || other.kind !== "histogram") return one;
  const counts = one.counts.map((count, index) => count + (other.counts[index] ?? 0));
  return { ...one, counts, sum: one.sum + other.sum };
}
