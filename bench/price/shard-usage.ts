/** What one vote takes of its shard on average. */
export interface ShardUsage {
  rowsWritten: number;
  rowsRead: number;
  alarms: number;
  /** Messages in the vote log. */
  records: number;
  /** Calls of the writer, which says what the database holds. */
  confirmations: number;
  /** Calls to the room. */
  reports: number;
}

/**
 * By votes a second and shard, in a shard of a million voters: what `npm run bench:rows` prints,
 * whose test holds these figures.
 */
export const shardUsage: ReadonlyMap<number, ShardUsage> = new Map([
  [1, usage({ rowsWritten: 3.4355, rowsRead: 4.7402, drains: 0.4922 })],
  [10, usage({ rowsWritten: 2.2754, rowsRead: 4.1035, drains: 0.2832 })],
  [100, usage({ rowsWritten: 0.6367, rowsRead: 2.0732, drains: 0.0381 })],
  [156, usage({ rowsWritten: 0.4849, rowsRead: 1.8135, drains: 0.0249 })],
  [500, usage({ rowsWritten: 0.2607, rowsRead: 1.4585, drains: 0.0078 })],
]);

/** Each drain is an alarm that publishes one record, is confirmed once, and tells the room once. */
function usage({
  drains,
  ...rows
}: {
  rowsWritten: number;
  rowsRead: number;
  drains: number;
}): ShardUsage {
  return { ...rows, alarms: drains, records: drains, confirmations: drains, reports: drains };
}
