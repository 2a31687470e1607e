import { limits } from "../../shared/limits.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import { acrossSources } from "./gauges.ts";
import { areAllowed } from "./label-rules.ts";
import { pointKey, pointSize, type MetricPoint, type PointValue } from "./point.ts";
import {
  findSeries,
  series,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  type SeriesName,
} from "./series.ts";

/** Takes measurements: into memory, and never waits or throws. */
export interface Meter {
  /** Whether anything is measured. */
  readonly isOn: boolean;
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, more?: number): void;
  /** `value` in the series' unit. */
  record<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** What is so now for `source`, which names one of those that measure the same here. */
  set<Name extends GaugeName>(
    name: Name,
    labels: LabelsOf<Name>,
    value: number,
    source: string,
  ): void;
}

/** Measures nothing. */
export const noMeter: Meter = {
  isOn: false,
  count: () => {},
  record: () => {},
  set: () => {},
};

interface KeptGauge {
  name: GaugeName;
  values: readonly string[];
  /** What each source said last, and when (ms). */
  bySource: BoundedMap<string, { value: number; at: number }>;
}

/** What an isolate has measured since it told that last; a bounded number of series. */
export class MemoryMeter implements Meter {
  readonly isOn = true;
  #points = new Map<string, MetricPoint>();
  readonly #gauges = new Map<string, KeptGauge>();
  readonly #now: () => number;
  #dropped = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get hasChanged(): boolean {
    return this.#points.size > 0 || this.#gauges.size > 0;
  }

  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, more = 1): void {
    const point = this.#pointOf(name, labels, () => ({ kind: "counter", value: 0 }));
    if (point?.kind === "counter") point.value += more;
  }

  record<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void {
    const { bounds } = series[name];
    const point = this.#pointOf(name, labels, () => ({
      kind: "histogram",
      counts: Array.from({ length: bounds.length + 1 }, () => 0),
      sum: 0,
    }));
    if (point?.kind !== "histogram") return;
    const found = bounds.findIndex((bound) => value <= bound);
    const at = found === -1 ? bounds.length : found;
    point.counts[at] = (point.counts[at] ?? 0) + 1;
    point.sum += value;
  }

  set<Name extends GaugeName>(
    name: Name,
    labels: LabelsOf<Name>,
    value: number,
    source: string,
  ): void {
    const values = valuesOf(name, labels);
    if (values === null) return;
    const key = pointKey(name, values);
    let gauge = this.#gauges.get(key);
    if (gauge === undefined) {
      if (this.#gauges.size >= limits.metricsSeriesAnIsolate) return this.#drop();
      gauge = { name, values, bySource: new BoundedMap(limits.metricsSourcesMax) };
      this.#gauges.set(key, gauge);
    }
    gauge.bySource.set(source, { value, at: this.#now() });
  }

  /**
   * Gives what has changed, and begins anew. Where `holdsBack`, what votes move stays until there is
   * enough of it: for who shows each point as it comes.
   */
  take({ holdsBack }: { holdsBack: boolean }): MetricPoint[] {
    const kept = new Map<string, MetricPoint>();
    const points: MetricPoint[] = [];
    for (const [key, point] of this.#points) {
      if (holdsBack && isTooSmall(point)) kept.set(key, point);
      else points.push(point);
    }
    points.push(...this.#takeGauges());
    this.#points = kept;
    if (this.#dropped > 0) {
      const values = ["too_many_series"];
      points.push({
        name: "enviro.telemetry.dropped",
        values,
        kind: "counter",
        value: this.#dropped,
      });
      this.#dropped = 0;
    }
    return points;
  }

  #takeGauges(): MetricPoint[] {
    const since = this.#now() - limits.metricsGaugeMs;
    return [...this.#gauges].map(([key, { name, values, bySource }]) => {
      const fresh = [...bySource.values()].filter(({ at }) => at >= since);
      const value = acrossSources(
        name,
        fresh.map((each) => each.value),
      );
      if (fresh.every((each) => each.value === 0)) this.#gauges.delete(key);
      return { name, values, kind: "gauge", value };
    });
  }

  #pointOf<Name extends SeriesName>(
    name: Name,
    labels: LabelsOf<Name>,
    begin: () => PointValue,
  ): MetricPoint | null {
    const values = givenValues(name, labels);
    const key = pointKey(name, values);
    const known = this.#points.get(key);
    if (known !== undefined) return known;
    if (!areAllowed(series[name], values)) return null;
    if (this.#points.size >= limits.metricsSeriesAnIsolate) {
      this.#drop();
      return null;
    }
    const point = { name, values, ...begin() };
    this.#points.set(key, point);
    return point;
  }

  #drop(): void {
    this.#dropped += 1;
  }
}

function valuesOf<Name extends SeriesName>(name: Name, labels: LabelsOf<Name>) {
  const values = givenValues(name, labels);
  return areAllowed(series[name], values) ? values : null;
}

const labelNames = new Map<SeriesName, readonly string[]>();

function givenValues<Name extends SeriesName>(name: Name, labels: LabelsOf<Name>): string[] {
  let names = labelNames.get(name);
  if (names === undefined) {
    names = Object.keys(series[name].labels);
    labelNames.set(name, names);
  }
  // A series' labels are what its type demands.
  return names.map((label) => (labels as Readonly<Record<string, string>>)[label] ?? "");
}

function isTooSmall(point: MetricPoint): boolean {
  if (point.kind === "gauge") return false;
  const isHeldBack = findSeries(point.name)?.isHeldBack?.(point.values) ?? false;
  return isHeldBack && pointSize(point) < limits.metricsHeldBack;
}
