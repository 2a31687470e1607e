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
 * By votes a second and shard, in a shard of a million ballots: what `npm run bench:rows` prints,
 * whose test holds these figures.
 */
export const shardUsage: ReadonlyMap<number, ShardUsage> = new Map([
  [0.01, usage({ rowsWritten: 6.1113, rowsRead: 6.252, drains: 0.9961 })],
  [0.1, usage({ rowsWritten: 5.9844, rowsRead: 6.2012, drains: 0.9785 })],
  [0.3, usage({ rowsWritten: 5.6953, rowsRead: 6.0664, drains: 0.9336 })],
  [1, usage({ rowsWritten: 4.918, rowsRead: 5.6953, drains: 0.8105 })],
  [3, usage({ rowsWritten: 3.6387, rowsRead: 4.9922, drains: 0.5781 })],
  [10, usage({ rowsWritten: 2.3125, rowsRead: 4.123, drains: 0.2949 })],
  [20, usage({ rowsWritten: 1.8301, rowsRead: 3.7578, drains: 0.1758 })],
  [30, usage({ rowsWritten: 1.6074, rowsRead: 3.5957, drains: 0.123 })],
  [50, usage({ rowsWritten: 1.2207, rowsRead: 3.0391, drains: 0.0781 })],
  [70, usage({ rowsWritten: 0.832, rowsRead: 2.3848, drains: 0.0547 })],
  [100, usage({ rowsWritten: 0.6367, rowsRead: 2.0732, drains: 0.0381 })],
  [156, usage({ rowsWritten: 0.4849, rowsRead: 1.8135, drains: 0.0249 })],
  [500, usage({ rowsWritten: 0.2607, rowsRead: 1.457, drains: 0.0078 })],
  [1000, usage({ rowsWritten: 0.2119, rowsRead: 1.377, drains: 0.0039 })],
]);

const measuredBallots = 1_000_000;

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
 * What a vote takes of a shard that has so many ballots, at a rate that nobody measured: on the line
 * between the measured ones beside it, in logarithms, with the index of these ballots in place of a
 * million's.
 */
export function shardUsageAt(votesPerSecond: number, ballots: number): ShardUsage {
  const at = (name: keyof ShardUsage): number =>
    onLogLine(
      [...shardUsage].map(([rate, figures]) => [rate, figures[name]] as const),
      votesPerSecond,
    );
  const index = indexRowsAVote(ballots) - indexRowsAVote(measuredBallots);
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
 * Rows of the voter index that a vote writes, where it has so many ballots: a flush of one
 * partition's writes each of its blocks that one of them falls into.
 */
export function indexRowsAVote(ballots: number): number {
  const entries = fullness * limits.indexBlockEntriesMax;
  const blocks = Math.max(1, ballots / 2 ** limits.indexPartitionBits / entries);
  const touched = blocks * (1 - (1 - 1 / blocks) ** limits.indexFlushBallots);
  return touched / limits.indexFlushBallots;
}

/** Of a block, on average: those of a tree whose leaves are split when they are full. */
const fullness = 0.69;
