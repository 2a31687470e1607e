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
import type { GaugeDefinition, SeriesDefinition } from "./series-definition.ts";

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
    const point = this.#pointOf(name, labels);
    if (point?.kind === "counter") point.value += more;
  }

  record<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void {
    const point = this.#pointOf(name, labels);
    if (point?.kind !== "histogram") return;
    const { bounds } = series[name];
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
    const now = this.#now();
    const told = inSteps(name, value);
    const known = gauge.bySource.get(source);
    const isWorse = known !== undefined && known.value > told;
    if (isWorse && isInSteps(name) && now - known.at < limits.metricsWorstMs) return;
    gauge.bySource.set(source, { value: told, at: now });
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

  #pointOf<Name extends SeriesName>(name: Name, labels: LabelsOf<Name>): MetricPoint | null {
    const known = this.#points.get(keyOf(name, labels));
    if (known !== undefined) return known;
    const values = givenValues(name, labels);
    if (!areAllowed(series[name], values)) return null;
    if (this.#points.size >= limits.metricsSeriesAnIsolate) {
      this.#drop();
      return null;
    }
    const point = { name, values, ...nothingYet(series[name]) };
    this.#points.set(pointKey(name, values), point);
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

function labelNamesOf(name: SeriesName): readonly string[] {
  const known = labelNames.get(name);
  if (known !== undefined) return known;
  const names = Object.keys(series[name].labels);
  labelNames.set(name, names);
  return names;
}

function givenValues<Name extends SeriesName>(name: Name, labels: LabelsOf<Name>): string[] {
  // A series' labels are what its type demands.
  const given: Readonly<Record<string, string>> = labels;
  return labelNamesOf(name).map((label) => given[label] ?? "");
}

/** `pointKey` of what is measured, without a list: this is on the way of each vote. */
function keyOf<Name extends SeriesName>(name: Name, labels: LabelsOf<Name>): string {
  const given: Readonly<Record<string, string>> = labels;
  let key: string = name;
  for (const label of labelNamesOf(name)) key += `\n${given[label] ?? ""}`;
  return key;
}

function nothingYet(definition: SeriesDefinition): PointValue {
  if (definition.kind !== "histogram") return { kind: "counter", value: 0 };
  const counts = Array.from({ length: definition.bounds.length + 1 }, () => 0);
  return { kind: "histogram", counts, sum: 0 };
}

function isTooSmall(point: MetricPoint): boolean {
  if (point.kind === "gauge") return false;
  const isHeldBack = findSeries(point.name)?.isHeldBack?.(point.values) ?? false;
  return isHeldBack && pointSize(point) < limits.metricsHeldBack;
}

function isInSteps(name: GaugeName): boolean {
  return stepsOf(name) !== undefined;
}

/** The first step that is no less; the last one where none is. */
function inSteps(name: GaugeName, value: number): number {
  const steps = stepsOf(name);
  if (steps === undefined) return value;
  return steps.find((step) => value <= step) ?? steps.at(-1) ?? value;
}

function stepsOf(name: GaugeName): readonly number[] | undefined {
  const { steps }: GaugeDefinition = series[name];
  return steps;
}
