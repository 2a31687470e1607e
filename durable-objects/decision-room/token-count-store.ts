import {
  maxTokenCounts,
  noTokens,
  sumTokenCounts,
  type TokenCounts,
} from "../../src/decision/token-counts.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";

/** What each shard has counted of tokens, under the decision's key of this generation. */
type KeptTokenCounts = { generation: number; shards: ReadonlyMap<number, TokenCounts> };

const tokenCountsForm = { name: "a room's counts of tokens", version: 1 };

/** What was done to ballot tokens under the decision's key. Memory follows a write. */
export class TokenCountStore {
  readonly #kv: SyncKvStorage;
  #kept: KeptTokenCounts = { generation: -1, shards: new Map() };
  #total = noTokens;

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
    const kept = kv.get<Versioned<KeptTokenCounts>>("token_counts");
    if (kept !== undefined) this.#count(withoutVersion(tokenCountsForm, kept));
  }

  /** The counts of all shards; the same object until they change. */
  get total(): TokenCounts {
    return this.#total;
  }

  /**
   * Keeps what shards have counted under the key of this generation, each in all. Counts only grow:
   * an answer that comes late takes nothing back.
   */
  keep(generation: number, counts: ReadonlyMap<number, TokenCounts>): void {
    if (generation < this.#kept.generation) return;
    const before = generation === this.#kept.generation ? this.#kept.shards : [];
    const shards = new Map(before);
    for (const [shard, ofShard] of counts)
      shards.set(shard, maxTokenCounts(shards.get(shard) ?? noTokens, ofShard));
    const kept = { generation, shards };
    this.#kv.put("token_counts", withVersion(tokenCountsForm, kept));
    this.#count(kept);
  }

  #count(kept: KeptTokenCounts): void {
    this.#kept = kept;
    this.#total = sumTokenCounts(kept.shards.values());
  }
}
