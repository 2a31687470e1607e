import type { SearchChange } from "./search-change.ts";

/**
 * What carries changes from rooms to the index. Durable when `publish` returns, delivered at least
 * once, in no order that one may rely on.
 */
export interface SearchFeed {
  publish(changes: readonly SearchChange[]): Promise<void>;
}

/** How what feeds the index does. */
export interface SearchFeedHealth {
  /** What keeps changes from the index, in words that anybody may read. */
  problems(): Promise<string[]>;
  /** Whether the index was ever filled, this one or another before it. */
  wasFilled(): Promise<boolean>;
}
