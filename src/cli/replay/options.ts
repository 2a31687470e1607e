export type ReplayOptions = {
  /** Paths of the three files. */
  votes: string;
  rollCalls: string;
  voters: string;
  decisionsMax: number;
  /** Votes a request. */
  batchVotes: number;
  /** Decisions at a time. */
  concurrency: number;
  /** Shards of each decision. */
  shards: number;
  /** What the decisions' ids begin with. */
  prefix: string;
  /** Files to be written; null for none. */
  journal: string | null;
  receipts: string | null;
  isKeptOpen: boolean;
};
