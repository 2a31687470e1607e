import { chooseDatabase } from "../database/settings.ts";
import { connectionPerCall } from "../database/postgres/session.ts";
import { d1Search } from "../search/embedded/d1/d1-search.ts";
import { postgresSearch } from "../search/embedded/postgres/postgres-search.ts";
import { openSearch } from "../search/opensearch/opensearch.ts";
import { refusingSearch } from "../search/refusing.ts";
import type { SearchIndex } from "../search/search.ts";
import { chooseSearch } from "../search/settings.ts";
import { limitedDatabase } from "./platform-limits/limited-database.ts";

/** The index that the deployment has chosen; null where it has none. */
export function searchOf(env: Env): SearchIndex | null {
  const choice = chooseSearch(env);
  if (choice.kind === "none") return null;
  if (choice.kind === "misconfigured") return refusingSearch(choice.problem);
  if (choice.kind === "opensearch") return openSearch(choice.settings);
  const database = chooseDatabase(env);
  if (database.kind === "misconfigured") return refusingSearch(database.problem);
  if (database.kind === "postgres")
    return postgresSearch(connectionPerCall(database.connectionString));
  return d1Search(limitedDatabase(env.SEARCH_DB, env));
}

/** Whether the deployment has a search, be it one that does not answer. */
export function hasSearch(env: Env): boolean {
  return chooseSearch(env).kind !== "none";
}
