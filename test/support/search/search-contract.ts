import type { SearchIndex } from "../../../src/search/search.ts";
import { holdsForFilters } from "./filter-contract.ts";
import { holdsForRebuilds } from "./rebuild-contract.ts";
import { holdsForStatistics } from "./statistics-contract.ts";
import { holdsForWords } from "./word-contract.ts";

/** An index with nothing in it, and how to wait until what was written is found. */
export interface EmptyIndex {
  index: SearchIndex;
  settle: () => Promise<void>;
}

/** What every index promises. `connect` empties one index, the same for all tests. */
export function holdsTheSearchContract(connect: () => Promise<EmptyIndex>): void {
  holdsForWords(connect);
  holdsForFilters(connect);
  holdsForStatistics(connect);
  holdsForRebuilds(connect);
}
