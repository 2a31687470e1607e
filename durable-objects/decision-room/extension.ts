import type { Decision } from "../../src/decision/decision.ts";
import { extensionMoment, watchQuorum } from "../../src/decision/extension.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { isQuorate } from "../../src/results/decision-outcome.ts";
import type { RoomResults } from "./results.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * Extends the window when the quorum came late. The extension is stored before any shard is told,
 * and no shard is sealed before the longer window has ended: so a crash, or a shard that is told
 * late, loses no vote.
 */
export async function extendWindow(
  store: RoomStore,
  shards: RoomShards,
  results: RoomResults,
): Promise<void> {
  await checkQuorum(store, results);
  await extendShards(store, shards);
}

async function checkQuorum(store: RoomStore, results: RoomResults): Promise<void> {
  if (!isCheckDue(store.decision, Date.now())) return;
  const result = await results.fresh();
  invariant(result !== null, "some shards did not say how many votes they have");
  // Read again: while the shards were asked, the decision may have been closed.
  const { decision } = store;
  if (decision === null || decision.manifest === null) return;
  store.keepDecision(watchQuorum(decision, isQuorate(decision.manifest, result), Date.now()));
}

function isCheckDue(decision: Decision | null, now: number): boolean {
  const due = decision === null ? null : extensionMoment(decision);
  return decision?.status === "open" && due !== null && now >= due;
}

async function extendShards(store: RoomStore, shards: RoomShards): Promise<void> {
  const { decision } = store;
  const isTold = store.mark("shards_extended") === 1;
  if (decision?.status !== "open" || decision.extendedTo === null || isTold) return;
  if (decision.manifest === null) return;
  const all = decision.manifest.shardMap.map((_, shard) => shard);
  const told = await shards.extend(decision.manifest, all, decision.extendedTo);
  invariant(told.length === all.length, "some shards do not know of their longer window");
  store.deferMark("shards_extended", 1);
}
