/** What is billed by use, and of which the plan includes some each month. */
export type BilledUnit =
  | "worker_requests"
  | "worker_cpu_ms"
  | "object_requests"
  | "object_gigabyte_seconds"
  | "object_rows_written"
  | "object_rows_read"
  | "queue_operations"
  | "d1_rows_written"
  | "d1_rows_read"
  | "object_storage_gigabytes"
  | "d1_storage_gigabytes";

interface UnitPrice {
  /** USD for so many units. */
  usd: number;
  units: number;
  /** Units a month for which nothing is asked. */
  included: number;
}

const million = 1_000_000;

/**
 * Every price that a plan rests on, in USD without taxes.
 *
 * Cloudflare's: developers.cloudflare.com/workers/platform/pricing, with the pages of Durable
 * Objects, D1 and Queues that it takes in. A server is an m7g of Amazon EC2 in us-east-1 with Linux
 * (June 2026: $0.0816 an hour for m7g.large, on demand; a size larger is twice that), its disk gp3.
 */
export const priceList = {
  readOn: "2026-11-29",
  /** The paid plan, without which nothing of this runs. */
  usdAMonth: 5,
  units: {
    worker_requests: { usd: 0.3, units: million, included: 10 * million },
    worker_cpu_ms: { usd: 0.02, units: million, included: 30 * million },
    /** Calls, alarms that go off, and each twenty messages of a socket that come in. */
    object_requests: { usd: 0.15, units: million, included: million },
    object_gigabyte_seconds: { usd: 12.5, units: million, included: 400_000 },
    object_rows_written: { usd: 1, units: million, included: 50 * million },
    object_rows_read: { usd: 0.001, units: million, included: 25_000 * million },
    /** A write, a read or a delete of up to 64 kB. */
    queue_operations: { usd: 0.4, units: million, included: million },
    d1_rows_written: { usd: 1, units: million, included: 50 * million },
    d1_rows_read: { usd: 0.001, units: million, included: 25_000 * million },
    /** For a month. */
    object_storage_gigabytes: { usd: 0.2, units: 1, included: 5 },
    d1_storage_gigabytes: { usd: 0.75, units: 1, included: 5 },
  } satisfies Record<BilledUnit, UnitPrice>,
  servers: {
    readOn: "2026-06-17",
    hoursAMonth: 730,
    /** Two processors and 8 GB; each size is twice the one before. */
    usdAnHourSmallest: 0.0816,
    processorsSmallest: 2,
    diskUsdAGigabyteMonth: 0.08,
  },
} as const;

/** What so many units cost in USD, with nothing taken off for what a plan includes. */
export function listPrice(unit: BilledUnit, quantity: number): number {
  const { usd, units } = priceList.units[unit];
  return (quantity * usd) / units;
}

/** An object is billed as 128 MB for as long as it is at work, whatever it uses. */
export const objectGigabytes = 0.128;
