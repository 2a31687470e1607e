import type { WriterFailure } from "../vote-log/backlog.ts";

/** What waits in the whole deployment, as shards, rooms and writers have told. */
export type BacklogSummary = {
  ballots: number;
  /** Since when the oldest of them does, in ms; null where none does. */
  since: number | null;
  /** What keeps shards from sending, each cause once. */
  causes: string[];
  /** What the last batch met that could not be written, and when (ms); null where it was long ago. */
  writerFailure: WriterFailure | null;
  /** Decisions that are over and wait to be certified for longer than that takes. */
  uncertified: number;
  uncertifiedSince: number | null;
};
