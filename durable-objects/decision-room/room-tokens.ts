import type { Actor } from "../../src/audit-log/audit-entry.ts";
import { tokensIssued, tokensRevoked } from "../../src/audit-log/audit-notes.ts";
import type { Decision } from "../../src/decision/decision.ts";
import { isForgotten } from "../../src/decision/forgetting.ts";
import { shardMapOf } from "../../src/decision/shard-map-of.ts";
import { candidateShards } from "../../src/decision/shard-map.ts";
import type { ShardPlan } from "../../src/ports/rolls.ts";
import type { TokenChange, TokenMove, TokenReply } from "../../src/ports/tokens.ts";
import type { AuditLog } from "../shared/audit-log.ts";
import type { DecisionKeyStore } from "./decision-key-store.ts";
import type { RoomStore } from "./room-store.ts";
import type { RoomShards } from "./shards.ts";
import type { TokenCountStore } from "./token-count-store.ts";

/** What the room's acts on tokens read and write. */
export interface RoomTokensDependencies {
  store: Pick<RoomStore, "decision" | "hasEnded" | "inTransaction">;
  keyStore: Pick<DecisionKeyStore, "keys">;
  tokenCountStore: Pick<TokenCountStore, "keep">;
  auditLog: AuditLog;
  shards: Pick<RoomShards, "moveTokens" | "findOnRoll">;
}

/**
 * Issues and revokes ballot tokens. How many is recorded before any shard is asked, so nothing is
 * done unseen; and nothing here, or in what is answered, depends on who has voted.
 */
export class RoomTokens {
  readonly #deps: RoomTokensDependencies;

  constructor(deps: RoomTokensDependencies) {
    this.#deps = deps;
  }

  async change(change: TokenChange, actor: Actor): Promise<TokenReply> {
    const { store, keyStore, auditLog } = this.#deps;
    const { decision } = store;
    if (decision === null) return { kind: "not_found" };
    const now = Date.now();
    if (isForgotten(decision, now)) return { kind: "forgotten" };
    if (!isKeySettled(decision) || keyStore.keys.generation !== change.generation)
      return { kind: "too_early" };
    store.inTransaction(() => auditLog.append(noteOf(change), actor, now));
    return this.#move(decision, change);
  }

  async #move(decision: Decision, { act, generation, pids }: TokenMove): Promise<TokenReply> {
    const { store, tokenCountStore, shards } = this.#deps;
    const plan = { decisionId: decision.draft.id, shardMap: shardMapOf(decision) };
    const homes = await this.#homesOf(decision, plan, pids);
    // Those whose shard is known are not held up by others' silent ones: a revocation is urgent.
    const known = [...pids.keys()].filter((index) => homes[index] !== null);
    const areAllKnown = known.length === pids.length;
    // New tokens that nobody gets would end the old ones.
    if (!areAllKnown && act === "issue") return { kind: "unavailable" };
    const byShard = Map.groupBy(known, (index) => homes[index]?.shard ?? 0);
    const moves = [...byShard].map(([shard, indexes]) => {
      const ofShard = indexes.map((index) => pids[index] ?? "");
      return [shard, { act, generation, pids: ofShard }] as const;
    });
    const answers = await shards.moveTokens(plan, new Map(moves));
    const counts = new Map(answers.map((answer) => [answer.shard, answer.counts]));
    if (!store.hasEnded) tokenCountStore.keep(generation, counts);
    if (!areAllKnown || answers.length < moves.length) return { kind: "unavailable" };
    const serials: number[] = [];
    for (const { shard, serials: ofShard } of answers) {
      for (const [offset, index] of (byShard.get(shard) ?? []).entries())
        serials[index] = ofShard[offset] ?? 1;
    }
    return { kind: "done", serials, regions: homes.map((home) => home?.region ?? null) };
  }

  /**
   * The shard that each voter's tokens are known in: where the roll has the voter, so that a vote
   * meets the serial wherever it can be counted. Of who stands on no part of it the first that might.
   * Null of whom a shard might hold that does not answer.
   */
  async #homesOf(
    decision: Decision,
    plan: ShardPlan,
    pids: readonly string[],
  ): Promise<(TokenHome | null)[]> {
    const { shardMap } = plan;
    const candidates = pids.map((pid) => candidateShards(pid, shardMap));
    const roll = decision.manifest === null ? decision.roll : decision.manifest.roll;
    const isPlaced = shardMap[0]?.group !== undefined;
    if (!isPlaced || roll === null)
      return candidates.map(([shard = 0]) => ({ shard, region: null }));
    const byShard = new Map<number, string[]>();
    for (const [index, shards] of candidates.entries()) {
      for (const shard of shards) {
        const some = byShard.get(shard) ?? [];
        some.push(pids[index] ?? "");
        byShard.set(shard, some);
      }
    }
    const found = await this.#deps.shards.findOnRoll(plan, roll.import, byShard);
    const homes = new Map<string, TokenHome>();
    for (const { shard, entries } of found) {
      for (const [offset, entry] of entries.entries()) {
        const pid = byShard.get(shard)?.[offset] ?? "";
        if (entry !== null) homes.set(pid, { shard, region: entry.region });
      }
    }
    const answered = new Set(found.map(({ shard }) => shard));
    return pids.map((pid, index) => {
      const shards = candidates[index] ?? [];
      const isSettled = shards.every((shard) => answered.has(shard));
      return homes.get(pid) ?? (isSettled ? { shard: shards[0] ?? 0, region: null } : null);
    });
  }
}

/** Where a voter's tokens are known, and the region that the roll says there; null where none does. */
interface TokenHome {
  shard: number;
  region: string | null;
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
