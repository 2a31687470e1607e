import { listValues } from "./label-rules.ts";
import { pointKey, type MetricPoint } from "./point.ts";
import { series } from "./series.ts";
import type { SeriesDefinition } from "./series-definition.ts";

export const prometheusTextType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Points in Prometheus' text format 0.0.4, with names and units as OpenTelemetry's specification
 * ("Prometheus and OpenMetrics compatibility") makes them. What has counted nothing yet stands there
 * as 0, where its labels have lists or its values are expected: an alert sees the first.
 */
export function prometheusText(points: readonly MetricPoint[]): string {
  const byName = Map.groupBy(points, ({ name }) => name);
  return Object.entries<SeriesDefinition>(series)
    .map(([name, definition]) => family(name, definition, byName.get(name) ?? []))
    .join("");
}

/** The name under which Prometheus knows a series; a histogram's own have an ending more. */
export function prometheusName(name: string, definition: SeriesDefinition): string {
  const plain = name.replaceAll(".", "_");
  if (definition.kind === "counter") return `${plain}_total`;
  return definition.unit === "" ? plain : `${plain}_${definition.unit}`;
}

function family(
  name: string,
  definition: SeriesDefinition,
  points: readonly MetricPoint[],
): string {
  const all = withNothingYet(name, definition, points);
  if (all.length === 0) return "";
  const shown = prometheusName(name, definition);
  const head = `# HELP ${shown} ${definition.help}\n# TYPE ${shown} ${definition.kind}\n`;
  const labels = Object.keys(definition.labels).map((label) => label.replaceAll(".", "_"));
  return head + all.map((point) => samples(shown, definition, labels, point)).join("");
}

function withNothingYet(
  name: string,
  definition: SeriesDefinition,
  points: readonly MetricPoint[],
): readonly MetricPoint[] {
  if (definition.kind === "gauge") return points;
  const there = new Set(points.map(({ values }) => pointKey(name, values)));
  const missing = (definition.expected ?? listValues(definition) ?? [])
    .filter((values) => !there.has(pointKey(name, values)))
    .map((values): MetricPoint => {
      if (definition.kind === "counter") return { name, values, kind: "counter", value: 0 };
      const counts = [...definition.bounds, Infinity].map(() => 0);
      return { name, values, kind: "histogram", counts, sum: 0 };
    });
  return [...points, ...missing];
}

function samples(
  name: string,
  definition: SeriesDefinition,
  labels: readonly string[],
  point: MetricPoint,
): string {
  const pairs = labels.map((label, index) => pair(label, point.values[index] ?? ""));
  if (point.kind !== "histogram") return sample(name, pairs, point.value);
  const bounds = definition.kind === "histogram" ? definition.bounds : [];
  let below = 0;
  const buckets = point.counts.map((count, index) => {
    below += count;
    const bound = bounds[index];
    const le = bound === undefined ? "+Inf" : String(bound);
    return sample(`${name}_bucket`, [...pairs, pair("le", le)], below);
  });
  return [
    ...buckets,
    sample(`${name}_sum`, pairs, point.sum),
    sample(`${name}_count`, pairs, below),
  ].join("");
}

function sample(name: string, pairs: readonly string[], value: number): string {
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
}

function pair(label: string, value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
  return `${label}="${escaped}"`;
}
