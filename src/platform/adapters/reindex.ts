import { searchReindex, type SearchReindex } from "../../search/reindex.ts";
import type { SearchIndex } from "../../search/search.ts";
import { searchedRecord } from "./searched-record.ts";

/** The way to fill an index again from the rooms; null where there is none. */
export function reindexOf(env: Env, index: SearchIndex | null): SearchReindex | null {
  return index && searchReindex({ index, record: searchedRecord(env), now: () => Date.now() });
}
