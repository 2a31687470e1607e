import { decisionIds } from "../../auth/decision-ids.ts";
import { ballotPageOf } from "../../search/ballot-page.ts";
import type { SearchedRecord } from "../../search/searched-record.ts";
import { versionedRegistry, versionedRoom } from "../objects/versioned-stubs.ts";

/**
 * What rooms give to the search index. No room is asked by an id that was not given out: naming it
 * would make it.
 */
export function searchedRecord(
  env: Pick<Env, "DECISION_ROOM" | "REGISTRY" | "ID_KEYS">,
): SearchedRecord {
  const ids = decisionIds(env.ID_KEYS);
  const roomOf = (decisionId: string) =>
    ids.isOwn(decisionId) ? versionedRoom(env.DECISION_ROOM, decisionId) : null;
  return {
    readDecision: async (decisionId) => (await roomOf(decisionId)?.searchEntry()) ?? null,
    async readBallots(decisionId, page) {
      const found = (await roomOf(decisionId)?.searchPage(page)) ?? null;
      return found && ballotPageOf({ decisionId, page, ...found });
    },
    listIds: (after, max) => versionedRegistry(env.REGISTRY).listDecisions(after, max),
  };
}
