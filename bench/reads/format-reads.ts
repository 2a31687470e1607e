import type { ComparedRow } from "../peers/compare.ts";
import { names } from "../peers/contender.ts";

const columns: {
  title: string;
  of: (row: ComparedRow, echo: ComparedRow | undefined) => string;
}[] = [
  {
    title: "requests/s",
    of: (row) => Math.round(row.requestsPerSecond).toLocaleString("en-GB"),
  },
  { title: "of echo", of: ({ ratios }) => ratios[names.echo]?.toFixed(2) ?? "" },
  { title: "p50 ms", of: (row) => row.p50Ms.toFixed(1) },
  { title: "p99", of: (row) => row.p99Ms.toFixed(1) },
  { title: "processor µs", of: (row) => row.processorMicrosecondsEach.toFixed(0) },
  {
    title: "of echo's",
    of: (row, echo) =>
      (row.processorMicrosecondsEach / (echo?.processorMicrosecondsEach ?? 0)).toFixed(2),
  },
  { title: "driver busy", of: (row) => `${(row.driverUtilization * 100).toFixed(0)} %` },
];

/** Reads beside the echo, as a table in Markdown. */
export function formatReads(rows: readonly ComparedRow[]): string {
  const head = ["", ...columns.map(({ title }) => title)];
  const rule = ["---", ...columns.map(() => "---:")];
  const echo = rows.find(({ name }) => name === names.echo);
  const lines = rows.map((row) => [row.name, ...columns.map(({ of }) => of(row, echo))]);
  return [
    ...[head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`),
    "",
    "Rates: a closed loop. Latencies: a schedule at 70 % of that rate, from when each was due.",
    ...rows.flatMap(({ name, aims }) => aims.map((aim) => `${name}: ${aim}`)),
  ].join("\n");
}
