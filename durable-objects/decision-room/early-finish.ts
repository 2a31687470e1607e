import type { Decision, Manifest } from "../../src/decision/decision.ts";
import { beginClosing } from "../../src/decision/lifecycle.ts";
import { isDecided } from "../../src/results/decision-outcome.ts";
import { frozenFigures } from "../../src/results/frozen-figures.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * Begins the close once no vote to come can change the outcome, where the decision allows that.
 * Outside roll calls it is decided by what was last frozen for a release: at the very vote that
 * decides it, the end would tell whoever knows when who came how that one voted.
 */
export async function finishEarly(store: RoomStore, results: RoomResults): Promise<void> {
  const before = store.decision;
  // An instance that has just begun knows nothing of its shards before it has asked them.
  if (mayFinishEarly(before) && results.known(before) === null) await results.fresh();
  const { decision } = store;
  if (!mayFinishEarly(decision)) return;
  const result = results.known(decision);
  if (result === null || !isDecided(decision.manifest, frozenFigures(result))) return;
  store.keepDecision(beginClosing(decision));
}

function mayFinishEarly(decision: Decision | null): decision is Decision & { manifest: Manifest } {
  return decision?.status === "open" && decision.manifest?.endsEarly === "by_rule";
}
