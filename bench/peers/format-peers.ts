import type { ComparedRow } from "./compare.ts";
import { names } from "./contender.ts";

const ratioColumns = [
  { title: "of echo", name: names.echo },
  { title: "of INSERT a vote", name: names.each },
  { title: "of group commit", name: names.group },
  { title: "of their bulk", name: names.bulk },
];

const columns: { title: string; of: (row: ComparedRow) => string }[] = [
  { title: "votes/s", of: (row) => count(row.votesPerSecond || row.requestsPerSecond) },
  ...ratioColumns.map(({ title, name }) => ({
    title,
    of: ({ ratios }: ComparedRow) => describeRatio(ratios[name]),
  })),
  { title: "mean ms", of: (row) => row.meanMs.toFixed(1) },
  { title: "± ms", of: (row) => row.deviationMs.toFixed(1) },
  { title: "p50", of: (row) => row.p50Ms.toFixed(1) },
  { title: "p99", of: (row) => row.p99Ms.toFixed(1) },
  { title: "p99.9", of: (row) => row.p999Ms.toFixed(1) },
  { title: "processor µs", of: (row) => row.processorMicrosecondsEach.toFixed(0) },
  { title: "driver busy", of: (row) => `${(row.driverUtilization * 100).toFixed(0)} %` },
];

/** The comparison as a table in Markdown, and what it leaves to say below it. */
export function formatPeers(rows: readonly ComparedRow[]): string {
  const head = ["", ...columns.map(({ title }) => title)];
  const rule = ["---", ...columns.map(() => "---:")];
  const lines = rows.map((row) => [row.name, ...columns.map(({ of }) => of(row))]);
  return [
    ...[head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`),
    "",
    "Where ours is slower than what it is compared with, the ratio says so.",
    "Rates: a closed loop. Latencies: a schedule at 70 % of that rate, from when each was due.",
    "",
    ...rows.flatMap(({ name, aims }) => aims.map((aim) => `${name}: ${aim}`)),
    "",
    ...rows
      .filter(({ acknowledged }) => acknowledged > 0)
      .map(({ name, acknowledged }) => `${name}: ${count(acknowledged)} acknowledged = stored`),
  ].join("\n");
}

function describeRatio(ratio: number | undefined): string {
  if (ratio === undefined) return "";
  return `${ratio.toFixed(2)}${ratio < 1 ? " slower" : ""}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
