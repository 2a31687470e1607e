import { limits } from "../shared/limits.ts";
import { onLogLine } from "./on-log-line.ts";

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
  [3, usage({ rowsWritten: 3.0762, rowsRead: 4.623, drains: 0.4531 })],
  [10, usage({ rowsWritten: 2.2754, rowsRead: 4.1035, drains: 0.2832 })],
  [20, usage({ rowsWritten: 1.832, rowsRead: 3.7715, drains: 0.1738 })],
  [30, usage({ rowsWritten: 1.623, rowsRead: 3.627, drains: 0.123 })],
  [50, usage({ rowsWritten: 1.2637, rowsRead: 3.123, drains: 0.0781 })],
  [70, usage({ rowsWritten: 0.8398, rowsRead: 2.4004, drains: 0.0547 })],
  [100, usage({ rowsWritten: 0.6367, rowsRead: 2.0732, drains: 0.0381 })],
  [156, usage({ rowsWritten: 0.4849, rowsRead: 1.8135, drains: 0.0249 })],
  [500, usage({ rowsWritten: 0.2607, rowsRead: 1.4585, drains: 0.0078 })],
  [1000, usage({ rowsWritten: 0.2124, rowsRead: 1.3794, drains: 0.0039 })],
]);

const measuredVoters = 1_000_000;

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

/**
 * What a vote takes of a shard of so many voters at a rate that nobody measured: on the line between
 * the measured ones beside it, in logarithms, with the index of these voters in place of a million's.
 */
export function shardUsageAt(votesPerSecond: number, voters: number): ShardUsage {
  const at = (name: keyof ShardUsage): number =>
    onLogLine(
      [...shardUsage].map(([rate, figures]) => [rate, figures[name]] as const),
      votesPerSecond,
    );
  const index = indexRowsAVote(voters) - indexRowsAVote(measuredVoters);
  return {
    rowsWritten: at("rowsWritten") + index,
    // A flush reads what it writes, and so does the statement that writes it.
    rowsRead: at("rowsRead") + 2 * index,
    alarms: at("alarms"),
    records: at("records"),
    confirmations: at("confirmations"),
    reports: at("reports"),
  };
}

/**
 * Rows of the voter index that a vote writes: a flush of one partition's ballots writes each of its
 * blocks that one of them falls into.
 */
export function indexRowsAVote(voters: number): number {
  const entries = fullness * limits.indexBlockEntriesMax;
  const blocks = Math.max(1, voters / 2 ** limits.indexPartitionBits / entries);
  const touched = blocks * (1 - (1 - 1 / blocks) ** limits.indexFlushBallots);
  return touched / limits.indexFlushBallots;
}

/** Of a block, on average: those of a tree whose leaves are split when they are full. */
const fullness = 0.69;
