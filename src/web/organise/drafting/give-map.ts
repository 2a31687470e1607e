import type { ApiDecision } from "../../contract.ts";

/** Gives a new draft the map of the decision that it is a copy of; false where it has none then. */
export async function giveMap(source: ApiDecision, draft: ApiDecision): Promise<boolean> {
  if (source.map === null || draft.regions.length === 0) return true;
  try {
    const { copyMap } = await import("../map/map-calls.ts");
    await copyMap(source.id, draft.id);
    return true;
  } catch {
    // The draft is there all the same, and its page says what it lacks.
    return false;
  }
}
