import { alignColumns } from "../../src/cli/command-line/align-columns.ts";
import type { BenchResult } from "./run-bench.ts";
import type { RollBench } from "./roll-import.ts";
import type { Row } from "./row.ts";
import { goals } from "./settings.ts";

const columns: { title: string; of: (row: Row) => string }[] = [
  { title: "requests/s", of: (row) => count(row.requestsPerSecond) },
  { title: "votes/s", of: (row) => (row.votesPerSecond === null ? "" : count(row.votesPerSecond)) },
  { title: "of echo", of: (row) => row.requestsOfEcho.toFixed(2) },
  { title: "p50 ms", of: (row) => row.p50Ms.toFixed(1) },
  { title: "p99 ms", of: (row) => row.p99Ms.toFixed(1) },
  { title: "p99.9 ms", of: (row) => row.p999Ms.toFixed(1) },
  {
    title: "in database after s",
    of: (row) => (row.drainedAfterMs === null ? "" : (row.drainedAfterMs / 1_000).toFixed(1)),
  },
  { title: "goal", of: ({ goal }) => (goal === null ? "" : `${mark(goal.isMet)} ${goal.text}`) },
];

/** The bench's result for a person: one table, then what was counted and what was remarked. */
export function formatReport(result: BenchResult): string {
  const header = ["", ...columns.map((column) => column.title)];
  const lines = result.rows.map((row) => [row.name, ...columns.map((column) => column.of(row))]);
  return [
    ...alignColumns([header, ...lines]),
    "",
    "Requests of echo: against what the same runtime echoed a second, just before and after.",
    "On schedule: requests are sent when due, and waited for from when they were due.",
    "",
    ...formatSizes(result),
    "",
    ...result.checks.map(
      (check) =>
        `${check.decisionId}: ${count(check.acknowledged)} votes acknowledged, ` +
        `${count(check.recordedInShards)} in the shards, ${count(check.inResults)} in the results, ` +
        `${count(check.inDatabase)} in the database`,
    ),
    ...result.remarks.map((remark) => `Remark: ${remark}`),
  ].join("\n");
}

/** What the import of a roll took, and the opening of its decision. */
export function formatRollBench(bench: RollBench): string {
  const { voters, shards, bytes, importMs, rowsPerSecond, openMs } = bench;
  return [
    `${count(voters)} voters, ${megabytes(bytes)} of CSV, ${shards} shards`,
    `imported in ${(importMs / 1_000).toFixed(1)} s: ${mark(rowsPerSecond >= goals.rollRowsPerSecond)} ${count(rowsPerSecond)} rows/s`,
    `opened in ${count(openMs)} ms: ${mark(openMs <= goals.rollOpenMs)} at most ${count(goals.rollOpenMs)} ms`,
    `workerd resident: ${megabytes(bench.residentBefore)} before, ${megabytes(bench.residentPeak)} at most`,
  ].join("\n");
}

function formatSizes({ sizes }: BenchResult): string[] {
  const shard = sizes.residentWithLarge - sizes.residentWithSmall;
  return [
    `One shard of ${count(sizes.ballots)} ballots: ${megabytes(sizes.file)} on the disk,`,
    `  ${megabytes(sizes.fileCertified)} with its publication. Memory is what workerd has resident:`,
    `  ${megabytes(sizes.residentBeforeFill)} before it was filled, ${megabytes(sizes.residentAfterFill)} after;`,
    `  after a restart, ${megabytes(sizes.residentWithSmall)} with one vote in the small shard, ` +
      `${megabytes(sizes.residentWithLarge)} with one in the large shard too`,
    `  ${mark(shard < goals.shardBytesMax)} the large shard takes ${megabytes(shard)}, under ${megabytes(goals.shardBytesMax)}`,
  ];
}

function mark(isMet: boolean): string {
  return isMet ? "✓" : "✗";
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_024 / 1_024).toFixed(1)} MiB`;
}
