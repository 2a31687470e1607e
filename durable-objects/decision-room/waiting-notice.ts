import { limits } from "../../src/shared/limits.ts";
import type { RoomStore } from "./room-store.ts";

/** What telling that a decision waits reads and acts on. */
export interface WaitingNotice {
  store: RoomStore;
  /** Tells the registry since when (ms) the decision waits to be certified; null: no longer. */
  noteUncertified: (decisionId: string, since: number | null) => Promise<void>;
}

/**
 * Tells the registry once that the decision is over for long and not certified, and once that it is.
 * The mark stands while the word does: it is made before the one and removed after the other.
 */
export async function tellWaiting({ store, noteUncertified }: WaitingNotice): Promise<void> {
  const { decision } = store;
  if (decision === null) return;
  const { status, closedAt, draft } = decision;
  const isTold = store.mark("waiting_told") === 1;
  const isWaiting = status === "closing" || status === "closed";
  if (!isWaiting && isTold) {
    await noteUncertified(draft.id, null);
    store.keepMark("waiting_told", 0);
  }
  if (!isWaiting || isTold || closedAt === null) return;
  if (Date.now() - closedAt < limits.certificationNoticeMs) return;
  store.keepMark("waiting_told", 1);
  await noteUncertified(draft.id, closedAt);
}
