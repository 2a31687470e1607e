import type { SqlDatabase } from "./sql-database.ts";
import { limits } from "../../../shared/limits.ts";
import type { SearchRebuild } from "../../search.ts";
import { stateOfRound } from "../rebuild-state.ts";
import { removals, stateWrites } from "./statements.ts";

/**
 * A rebuild writes rows again where they are, with the number of its round; at its end those of rounds
 * before are removed.
 */
export function d1SearchRebuild(db: SqlDatabase): SearchRebuild {
  const runOnState = async (statement: string) => {
    const row = await db.prepare(statement).first<{ round: number; is_rebuilding: number }>();
    if (row === null) throw new Error("D1_ERROR: no such table: search_state has no row");
    return { round: row.round, isUnderWay: row.is_rebuilding === 1 };
  };
  const stateOf = async (round: number) =>
    stateOfRound(round, await runOnState("SELECT round, is_rebuilding FROM search_state"));
  return {
    begin: async () => (await runOnState(stateWrites.beginRebuild)).round,
    stateOf,
    async finish(round) {
      if ((await stateOf(round)) !== "under_way") return;
      await removeRows(db, round);
      await db.prepare(stateWrites.finishRebuild).bind(round).run();
    },
  };
}

/** Removes what stands from rounds before, some thousand rows a transaction. */
async function removeRows(db: SqlDatabase, round: number): Promise<void> {
  for (;;) {
    const results = await db.batch(
      removals.map((statement) => db.prepare(statement).bind(round, limits.searchRemovedRowsMax)),
    );
    if (results.every(({ meta }) => meta.changes === 0)) return;
  }
}
