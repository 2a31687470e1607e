/**
 * What Cloudflare asks in USD for a million of each, beyond what the paid plan ($5 a month)
 * includes: developers.cloudflare.com/workers/platform/pricing, with the pages of Durable Objects,
 * D1 and Queues that it takes in. Read on 29 November 2026.
 */
export const listPrices = {
  workerRequests: 0.3,
  workerCpuMs: 0.02,
  /** Calls, and alarms that go off. */
  objectRequests: 0.15,
  objectGigabyteSeconds: 12.5,
  objectRowsWritten: 1,
  objectRowsRead: 0.001,
  /** A write, a read or a delete of up to 64 kB. */
  queueOperations: 0.4,
  d1RowsWritten: 1,
  d1RowsRead: 0.001,
} as const;

/** What is billed. */
export type BilledUnit = keyof typeof listPrices;

/** An object is billed as 128 MB for as long as it is at work, whatever it uses. */
export const objectGigabytes = 0.128;
