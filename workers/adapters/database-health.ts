import type { DatabaseHealth, DatabaseReads } from "../../src/database/database.ts";
import { limits } from "../../src/limits.ts";

/** A database's health, the same answer for a second, since everybody may ask. */
export function sharedHealth(
  database: Pick<DatabaseReads, "health">,
): () => Promise<DatabaseHealth> {
  let known: { health: DatabaseHealth; until: number } | null = null;
  return async () => {
    if (known !== null && Date.now() < known.until) return known.health;
    const health = await database.health();
    known = { health, until: Date.now() + limits.databaseHealthSharedMs };
    return health;
  };
}
