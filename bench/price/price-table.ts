import { groupCommitAt } from "../../src/planner/latency.ts";
import { shardUsage } from "../../src/planner/shard-usage.ts";
import type { CastingUnit } from "../../src/planner/units-a-vote.ts";
import { priceOfMillionVotes, type Price } from "./price-of-million-votes.ts";

/** At most this in USD a million votes, at 156 votes a second and shard: 10,000 of 64 shards. */
export const priceGoal = { usd: 2.2, votesPerSecond: 156 };

/** What the paper's table is of: the worst, a shard whose room serves it alone. */
const sample = {
  objects: 2,
  regions: 27,
  isRollCall: true,
  database: "d1",
  log: "queue",
} as const;

const ratesShown: ReadonlySet<number> = new Set([1, 10, 100, 156, 500, 1_000]);

const names: Record<CastingUnit, string> = {
  d1_rows_written: "rows written in D1",
  object_rows_written: "rows written in objects",
  worker_requests: "requests and messages to the Worker",
  object_requests: "calls and alarms of objects",
  queue_operations: "operations of the queue",
  object_gigabyte_seconds: "time of objects",
  worker_cpu_ms: "processor time of the Worker",
  object_rows_read: "rows read in objects",
  d1_rows_read: "rows read in D1",
};

/** What a million votes cost at each rate that was measured. */
export function pricesByRate(): Map<number, Price> {
  return new Map(
    [...shardUsage]
      .filter(([votesPerSecond]) => ratesShown.has(votesPerSecond))
      .map(([votesPerSecond, shard]) => [
        votesPerSecond,
        priceOfMillionVotes({
          votesPerSecond,
          shard,
          votesACommit: groupCommitAt(votesPerSecond).votesACommit,
          ...sample,
        }),
      ]),
  );
}

/** The table of docs/benchmarks.md, in Markdown. */
export function priceTable(): string[] {
  const prices = pricesByRate();
  const row = (name: string, cells: Iterable<string>): string =>
    `| ${[name, ...cells].join(" | ")} |`;
  // The keys are those of the table above.
  const units = Object.keys(names) as CastingUnit[];
  const lines = units.map((unit) =>
    row(
      names[unit],
      [...prices.values()].map((price) => price.lines[unit].toFixed(3)),
    ),
  );
  const totals = [...prices.values()].map(({ total }) => `**${total.toFixed(2)}**`);
  return [
    row("votes a second and shard", [...prices.keys()].map(String)),
    row(
      "---",
      [...prices.keys()].map(() => "---:"),
    ),
    ...lines,
    row("$ a million votes", totals),
  ];
}
