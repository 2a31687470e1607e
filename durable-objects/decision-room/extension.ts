import type { Manifest } from "../../src/decision/decision.ts";
import { decideExtension, extensionDueAt, moveUntoldEnd } from "../../src/decision/extension.ts";
import { passTime } from "../../src/decision/lifecycle.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { isQuorate } from "../../src/results/decision-outcome.ts";
import { wholeReport } from "../../src/results/tally-report.ts";
import type { RoomResults } from "./results.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";

/** What an extension is decided by and told with. */
interface ExtensionDependencies {
  store: RoomStore;
  shards: RoomShards;
  results: RoomResults;
}

/**
 * Extends the window where the quorum came in its last minutes. That is decided once it has ended:
 * every shard stops by its own clock and tells what it has, so the last vote counts like any other.
 * The extension is stored before a shard is told, and none is sealed before the longer window has
 * ended: a crash, or a shard that is told late, loses no vote, and none counts that came in between.
 * Until all were told its end moves with the telling, so that every voter has all of its minutes.
 */
export async function extendWindow(deps: ExtensionDependencies): Promise<void> {
  await decideAtEnd(deps);
  await extendShards(deps);
}

async function decideAtEnd({ store, shards, results }: ExtensionDependencies): Promise<void> {
  const { decision } = store;
  const closesAt = decision === null ? null : extensionDueAt(decision);
  if (decision?.manifest === undefined || decision.manifest === null) return;
  if (closesAt === null || Date.now() < closesAt) return;
  const { manifest } = decision;
  const ended = await shards.pause(manifest, allShards(manifest), closesAt);
  for (const { lastMinutes: _began, ...snapshot } of ended)
    results.mergeAnswer(wholeReport(snapshot));
  invariant(ended.length === manifest.shardMap.length, "some shards have not ended their window");
  const watch = {
    wasQuorate: isQuorate(
      manifest,
      ended.map(({ lastMinutes }) => lastMinutes),
    ),
    isQuorate: isQuorate(
      manifest,
      ended.map(({ tally }) => tally),
    ),
  };
  // Read again: while the shards were asked, the decision may have been closed.
  if (store.decision === null) return;
  const now = Date.now();
  store.keepDecision(passTime(decideExtension(store.decision, watch, now), now));
}

async function extendShards({ store, shards }: ExtensionDependencies): Promise<void> {
  if (store.decision !== null) store.keepDecision(moveUntoldEnd(store.decision, Date.now()));
  const { decision } = store;
  if (decision?.status !== "open" || decision.isExtensionTold) return;
  const { manifest, extendedTo } = decision;
  if (manifest === null || extendedTo === null) return;
  const told = await shards.extend(manifest, allShards(manifest), extendedTo);
  invariant(
    told.length === manifest.shardMap.length,
    "some shards do not know of their longer window",
  );
  // Read again: while the shards were told, the decision may have been closed.
  if (store.decision?.status === "open")
    store.keepDecision({ ...store.decision, isExtensionTold: true });
}

function allShards({ shardMap }: Manifest): number[] {
  return [...shardMap.keys()];
}
