import { listPrice, priceList, type BilledUnit } from "./price-list.ts";

/** What a bill has a line for: the plan itself, what is billed by use, and servers of one's own. */
export const billItems = [
  "plan",
  "worker_requests",
  "worker_cpu_ms",
  "object_requests",
  "object_gigabyte_seconds",
  "object_rows_written",
  "object_rows_read",
  "queue_operations",
  "d1_rows_written",
  "d1_rows_read",
  "object_storage_gigabytes",
  "d1_storage_gigabytes",
  "postgres_server",
  "kafka_servers",
  "disk_gigabytes",
] as const;
export type BillItem = (typeof billItems)[number];

/** A line of a month's bill. */
export interface BillLine {
  item: BillItem;
  quantity: number;
  /** Of these, what the plan includes. */
  included: number;
  usd: number;
}

export interface Bill {
  lines: readonly BillLine[];
  usdAMonth: number;
  /** Null without a vote. */
  usdAMillionVotes: number | null;
}

/** A server of the price list: 1, 2, 4 … times the smallest. */
export interface ServerSize {
  processors: number;
  memoryGigabytes: number;
  usdAMonth: number;
}

/** The smallest server of the list with at least so many processors. */
export function serverOf(processors: number): ServerSize {
  const { processorsSmallest, usdAnHourSmallest, hoursAMonth } = priceList.servers;
  const sizes = Math.max(1, processors / processorsSmallest);
  const times = 2 ** Math.ceil(Math.log2(sizes));
  return {
    processors: times * processorsSmallest,
    memoryGigabytes: times * 8,
    usdAMonth: times * usdAnHourSmallest * hoursAMonth,
  };
}

/** The line of a quantity that is billed by use. */
export function usedLine(item: BilledUnit, quantity: number): BillLine {
  const included = Math.min(quantity, priceList.units[item].included);
  return { item, quantity, included, usd: listPrice(item, quantity - included) };
}

/** The bill of these lines, the plan's own first. */
export function toBill(lines: readonly BillLine[], votes: number): Bill {
  const plan: BillLine = { item: "plan", quantity: 1, included: 0, usd: priceList.usdAMonth };
  const all = [plan, ...lines.filter(({ quantity }) => quantity > 0)];
  const usdAMonth = all.reduce((sum, { usd }) => sum + usd, 0);
  return {
    lines: all,
    usdAMonth,
    usdAMillionVotes: votes > 0 ? (usdAMonth * 1_000_000) / votes : null,
  };
}
