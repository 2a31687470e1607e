import { isCheckless, isLongCertified } from "../../src/decision/lifecycle.ts";
import type { RoomStore } from "./room-store.ts";

/** What telling that a decision's record is to be checked reads and acts on. */
export interface CheckNotice {
  store: Pick<RoomStore, "decision" | "marks">;
  beginChecks: (decisionId: string) => Promise<void>;
}

/** Tells the registry of an opened decision; an instance that begins may tell it once more. */
export async function tellChecks({ store, beginChecks }: CheckNotice): Promise<void> {
  const { decision } = store;
  if (decision === null || store.marks.get("checks_told") === 1) return;
  if (decision.manifest === null || isCheckless(decision)) return;
  if (isLongCertified(decision, Date.now())) return;
  await beginChecks(decision.draft.id);
  store.marks.defer("checks_told", 1);
}
