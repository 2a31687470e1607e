import type { PostgresSession } from "../../../database/postgres/session.ts";
import { limits } from "../../../shared/limits.ts";
import type { SearchRebuild } from "../../search.ts";
import { stateOfRound } from "../rebuild-state.ts";

/** As in D1: rows are written again where they are, and at its end those of rounds before are removed. */
export function postgresSearchRebuild(session: PostgresSession): SearchRebuild {
  const runOnState = async (text: string) => {
    const { rows } = await session.run((client) =>
      client.query<{ round: number; is_rebuilding: boolean }>(text),
    );
    const [row] = rows;
    return { round: row?.round ?? 0, isUnderWay: row?.is_rebuilding ?? false };
  };
  const stateOf = async (round: number) =>
    stateOfRound(round, await runOnState("SELECT round, is_rebuilding FROM search_state"));
  return {
    async begin() {
      const text =
        "UPDATE search_state SET round = round + 1, is_rebuilding = true RETURNING round, is_rebuilding";
      return (await runOnState(text)).round;
    },
    stateOf,
    async finish(round) {
      if ((await stateOf(round)) !== "under_way") return;
      while ((await removeRows(session, round)) > 0);
      const text = "UPDATE search_state SET is_rebuilding = false WHERE round = $1";
      await session.run((client) => client.query(text, [round]));
    },
  };
}

/** Removes some thousand rows of rounds before, and says how many. */
async function removeRows(session: PostgresSession, round: number): Promise<number> {
  const { rows } = await session.run((client) =>
    client.query<{ removed: string }>("CALL remove_old_search($1, $2, NULL)", [
      round,
      limits.searchRemovedRowsMax,
    ]),
  );
  return Number(rows[0]?.removed ?? 0);
}
