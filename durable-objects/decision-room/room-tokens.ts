import type { Actor } from "../../src/audit-log/audit-entry.ts";
import { tokensIssued, tokensRevoked } from "../../src/audit-log/audit-notes.ts";
import type { Decision } from "../../src/decision/decision.ts";
import { isForgotten } from "../../src/decision/forgetting.ts";
import { shardMapOf } from "../../src/decision/shard-map-of.ts";
import { shardOf } from "../../src/decision/shard-map.ts";
import type { ShardPlan } from "../../src/ports/rolls.ts";
import type { TokenChange, TokenMove, TokenReply } from "../../src/ports/tokens.ts";
import type { AuditLog } from "../shared/audit-log.ts";
import type { RoomStore } from "./room-store.ts";
import type { RoomShards } from "./shards.ts";

/** What the room's acts on tokens read and write. */
export interface RoomTokensDependencies {
  store: RoomStore;
  auditLog: AuditLog;
  shards: Pick<RoomShards, "moveTokens">;
}

/**
 * Issues and revokes ballot tokens. How many is recorded before any shard is asked, so nothing is
 * done unseen; and nothing here, or in what is answered, depends on who has voted.
 */
export class RoomTokens {
  readonly #store: RoomStore;
  readonly #auditLog: AuditLog;
  readonly #shards: Pick<RoomShards, "moveTokens">;

  constructor({ store, auditLog, shards }: RoomTokensDependencies) {
    this.#store = store;
    this.#auditLog = auditLog;
    this.#shards = shards;
  }

  async change(change: TokenChange, actor: Actor): Promise<TokenReply> {
    const { decision } = this.#store;
    if (decision === null) return { kind: "not_found" };
    const now = Date.now();
    if (isForgotten(decision, now)) return { kind: "forgotten" };
    if (!isKeySettled(decision) || this.#store.keys.generation !== change.generation)
      return { kind: "too_early" };
    this.#store.inTransaction(() => this.#auditLog.append(noteOf(change), actor, now));
    return this.#move({ decisionId: decision.draft.id, shardMap: shardMapOf(decision) }, change);
  }

  async #move(plan: ShardPlan, { act, generation, pids }: TokenMove): Promise<TokenReply> {
    const shards = plan.shardMap.length;
    const byShard = Map.groupBy(pids.keys(), (index) => shardOf(pids[index] ?? "", shards));
    const moves = [...byShard].map(([shard, indexes]) => {
      const ofShard = indexes.map((index) => pids[index] ?? "");
      return [shard, { act, generation, pids: ofShard }] as const;
    });
    const answers = await this.#shards.moveTokens(plan, new Map(moves));
    const counts = new Map(answers.map((answer) => [answer.shard, answer.counts]));
    this.#store.keepTokenCounts(generation, counts);
    if (answers.length < moves.length) return { kind: "unavailable" };
    const serials: number[] = [];
    for (const { shard, serials: ofShard } of answers) {
      for (const [offset, index] of (byShard.get(shard) ?? []).entries())
        serials[index] = ofShard[offset] ?? 1;
    }
    return { kind: "done", serials };
  }
}

/** Whether neither an import nor the opening will replace the key that pids are made with. */
function isKeySettled({ draft, manifest, roll }: Decision): boolean {
  return draft.electorate === "open" ? manifest !== null : roll !== null;
}

function noteOf(change: TokenChange) {
  const voters = change.pids.length;
  return change.act === "issue"
    ? tokensIssued({ voters, expiresAt: change.expiresAt })
    : tokensRevoked(voters);
}
