import type { Decision } from "../../src/decision/decision.ts";
import { extensionDueAt } from "../../src/decision/extension.ts";
import { limits } from "../../src/shared/limits.ts";
import type { RoomStore } from "./room-store.ts";

/** What telling that a decision waits reads and acts on. */
export interface WaitingNotice {
  store: RoomStore;
  /** Tells the registry since when (ms) the decision waits to be certified; null: no longer. */
  noteUncertified: (decisionId: string, since: number | null) => Promise<void>;
}

/** What the registry knows of it, as the room's mark; anything else: nothing. */
const told = { perhaps: 1, certainly: 2 };

/**
 * Tells the registry once that the decision is over for long and not certified, and once that it no
 * longer waits: each again until it is acknowledged, also after a crash between mark and call.
 */
export async function tellWaiting({ store, noteUncertified }: WaitingNotice): Promise<void> {
  const { decision } = store;
  if (decision === null) return;
  const now = Date.now();
  const since = waitsSince(store, decision, now);
  const mark = store.marks.get("waiting_told");
  if (since === null) {
    if (!isWaitingTold(store)) return;
    await noteUncertified(decision.draft.id, null);
    store.marks.keep("waiting_told", 0);
    return;
  }
  if (mark === told.certainly || now - since < limits.certificationNoticeMs) return;
  if (mark !== told.perhaps) store.marks.keep("waiting_told", told.perhaps);
  await noteUncertified(decision.draft.id, since);
  store.marks.keep("waiting_told", told.certainly);
}

/** Whether the registry may have it that the decision waits, which is to be taken back. */
export function isWaitingTold(store: RoomStore): boolean {
  return store.marks.get("waiting_told") > 0;
}

/** Since when the decision is over and not certified, in ms; null where it does not wait. */
function waitsSince(store: RoomStore, decision: Decision, now: number): number | null {
  const { status, closedAt } = decision;
  if (status === "open") {
    // Its window has ended, and a shard that is silent holds up whether it goes on.
    const dueAt = extensionDueAt(decision);
    return dueAt !== null && dueAt <= now ? dueAt : null;
  }
  if (status !== "closing" && status !== "closed") return null;
  if (closedAt !== null) return closedAt;
  // It was ended early, and has no time of its end before its shards are sealed.
  if (store.marks.get("unsealed_since") < 0) store.marks.keep("unsealed_since", now);
  return store.marks.get("unsealed_since");
}
