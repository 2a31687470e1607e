import type { Actor } from "../../src/audit-log/audit-entry.ts";
import * as auditNotes from "../../src/audit-log/audit-notes.ts";
import type { BallotForgetting } from "../../src/database/database.ts";
import type { Decision, Manifest } from "../../src/decision/decision.ts";
import { forgetDecision, isForgettingDue } from "../../src/decision/forgetting.ts";
import { limits } from "../../src/shared/limits.ts";
import type { AuditLog } from "../shared/audit-log.ts";
import type { DecisionKeyStore } from "./decision-key-store.ts";
import type { RoomPublication } from "./publication.ts";
import type { RoomStore } from "./room-store.ts";
import type { RoomShards } from "./shards.ts";

/** What forgetting a decision reads and acts on. */
export interface DecisionForgetting {
  store: RoomStore;
  keyStore: DecisionKeyStore;
  auditLog: AuditLog;
  shards: Pick<RoomShards, "forget">;
  database: BallotForgetting;
  publication: Pick<RoomPublication, "forgetOpenings">;
}

/** Nobody asked for it now: the frozen manifest did. */
const byManifest: Actor = { role: "admin", keyId: "manifest", owner: null, session: null };

/**
 * Forgets what a certified decision is kept of no longer: its keys at once, then its shards' ballots
 * and rolls and the database's rows, some portions a run. How far it is is kept after each, and a
 * portion may be repeated: after a crash it goes on with the next alarm. Manifest, outcome,
 * publication and audit log stay.
 */
export async function forgetWhenDue(deps: DecisionForgetting): Promise<void> {
  const { store, keyStore, auditLog, publication } = deps;
  const { decision } = store;
  if (decision === null || !isForgettingDue(decision, Date.now())) return;
  const { manifest } = decision;
  if (manifest === null) return;
  if (store.marks.forgottenShards === null) {
    store.inTransaction(() => {
      keyStore.destroy();
      store.marks.keep("forgotten_shards", 0);
      publication.forgetOpenings();
      auditLog.append(auditNotes.forgettingBegun(manifest), byManifest, Date.now());
    });
  }
  for (let portion = 0; portion < limits.forgetPortionsARun; portion += 1) {
    if (await forgetPortion(deps, manifest)) return finish(deps, decision);
  }
}

/** Forgets one portion; whether there was nothing left. */
async function forgetPortion(
  { store, shards, database }: DecisionForgetting,
  manifest: Manifest,
): Promise<boolean> {
  const shard = store.marks.forgottenShards ?? 0;
  if (shard < manifest.shardMap.length) {
    if ((await shards.forget(manifest, shard)) === "done")
      store.marks.keep("forgotten_shards", shard + 1);
    return false;
  }
  const { decisionId } = manifest;
  return (await database.forgetBallots(decisionId, limits.forgetDatabaseRows)) === "done";
}

function finish({ store, auditLog }: DecisionForgetting, decision: Decision): void {
  const now = Date.now();
  const forgotten = forgetDecision(decision, now);
  store.keepDecision(forgotten, () =>
    auditLog.append(auditNotes.decisionForgotten(forgotten), byManifest, now),
  );
}
