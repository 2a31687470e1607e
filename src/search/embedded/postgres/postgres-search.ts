import { isPostgresOutage, postgresProblemOf } from "../../../database/postgres/outage.ts";
import type { PostgresSession } from "../../../database/postgres/session.ts";
import type { SearchIndex } from "../../search.ts";
import { embeddedSearch } from "../embedded-search.ts";
import { embeddedReads } from "../reads.ts";
import { postgresReader } from "./reader.ts";
import { postgresSearchRebuild } from "./rebuild.ts";
import { postgresSearchWriter } from "./writer.ts";

/** The embedded index in the deployment's Postgres: tsvector with GIN. */
export function postgresSearch(session: PostgresSession): SearchIndex {
  const parts = {
    reads: embeddedReads(postgresReader(session)),
    writer: postgresSearchWriter(session),
    rebuild: postgresSearchRebuild(session),
  };
  return embeddedSearch(parts, { isOutage: isPostgresOutage, problemOf: postgresProblemOf });
}
