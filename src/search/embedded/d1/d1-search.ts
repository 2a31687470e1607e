import type { SqlDatabase } from "./sql-database.ts";
import { d1ProblemOf, isD1Outage } from "../../../database/d1/outage.ts";
import type { SearchIndex } from "../../search.ts";
import { embeddedSearch } from "../embedded-search.ts";
import { embeddedReads } from "../reads.ts";
import { d1Reader } from "./reader.ts";
import { d1SearchRebuild } from "./rebuild.ts";
import { d1SearchWriter } from "./writer.ts";

/** The embedded index in a D1 database of its own: SQLite's FTS5. */
export function d1Search(db: SqlDatabase): SearchIndex {
  const parts = {
    reads: embeddedReads(d1Reader(db)),
    writer: d1SearchWriter(db),
    rebuild: d1SearchRebuild(db),
  };
  return embeddedSearch(parts, { isOutage: isD1Outage, problemOf: d1ProblemOf });
}
