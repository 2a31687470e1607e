import type { SearchChange } from "./search-change.ts";

/**
 * What carries changes from rooms to the index. Durable when `publish` returns, delivered at least
 * once, in no order that one may rely on.
 */
export interface SearchFeed {
  publish(changes: readonly SearchChange[]): Promise<void>;
}
