import type { BilledUnit } from "./list-prices.ts";
import { priceOfMillionVotes, type Price } from "./price-of-million-votes.ts";
import { shardUsage } from "./shard-usage.ts";

/** At most this in USD a million votes, at 156 votes a second and shard: 10,000 of 64 shards. */
export const priceGoal = { usd: 2.2, votesPerSecond: 156 };

/** What the paper's table is of: the worst, a shard whose room serves it alone. */
const sample = { shards: 1, regions: 27 };

const names: Record<BilledUnit, string> = {
  d1RowsWritten: "rows written in D1",
  objectRowsWritten: "rows written in objects",
  workerRequests: "requests and messages to the Worker",
  objectRequests: "calls and alarms of objects",
  queueOperations: "operations of the queue",
  objectGigabyteSeconds: "time of objects",
  workerCpuMs: "processor time of the Worker",
  objectRowsRead: "rows read in objects",
  d1RowsRead: "rows read in D1",
};

/** What a million votes cost at each rate that was measured. */
export function pricesByRate(): Map<number, Price> {
  return new Map(
    [...shardUsage].map(([votesPerSecond, shard]) => [
      votesPerSecond,
      priceOfMillionVotes({ votesPerSecond, shard, ...sample }),
    ]),
  );
}

/** The table of docs/benchmarks.md, in Markdown. */
export function priceTable(): string[] {
  const prices = pricesByRate();
  const row = (name: string, cells: Iterable<string>): string =>
    `| ${[name, ...cells].join(" | ")} |`;
  // The keys are those of the table above.
  const units = Object.keys(names) as BilledUnit[];
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
