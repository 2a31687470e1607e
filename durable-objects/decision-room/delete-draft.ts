import { hasStrayRolls } from "./drop-rolls.ts";
import type { RoomProjection } from "./projection.ts";
import type { RoomStore } from "./room-store.ts";

/** What the deletion of a draft reads and acts on. */
export interface DraftDeletion {
  store: RoomStore;
  projection: RoomProjection;
  /** Takes the decision's id out of the registry. */
  unregister: (decisionId: string) => Promise<void>;
}

/**
 * Carries out the deletion of a cancelled draft that was asked for, once its rolls are dropped. The
 * room forgets last: until then a crash leaves what is to be done.
 */
export async function deleteDraft({ store, projection, unregister }: DraftDeletion): Promise<void> {
  const { decision } = store;
  if (decision === null || !store.isDeletionAsked || hasStrayRolls(store)) return;
  await projection.remove(decision.draft.id);
  await unregister(decision.draft.id);
  store.forget();
}
