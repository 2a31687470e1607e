import { describe, expect, it } from "vitest";
import { candidateShards, planShardMap } from "../../../../src/decision/shard-map.ts";
import { askByShard } from "../../../../src/platform/adapters/ask-by-shard.ts";

const group = { regions: [], locationHint: null, shards: 1 };
/** Three groups of one shard each: every voter may be in any. */
const shardMap = planShardMap({
  shards: 1,
  locationHints: [],
  placement: [group, group],
  expectedWatchers: 0,
});
const [ada, bea] = ["ada_ada_ada_ada_ada_ad", "bea_bea_bea_bea_bea_be"];

type Said = (pids: readonly string[]) => Promise<readonly (string | null)[]>;

/** Asks three shards that answer so, of voters whom a shard finds by their names. */
function ask(shards: readonly Said[], pids: readonly string[] = [ada]) {
  return askByShard<string | null>({
    shardMap,
    pids,
    ask: (shard, some) => shards[shard]?.(some) ?? Promise.reject(new Error("no such shard")),
    isFound: (answer) => answer !== null,
  });
}

const holding =
  (...held: string[]): Said =>
  async (pids) =>
    pids.map((pid) => (held.includes(pid) ? pid : null));
const failing: Said = () => Promise.reject(new Error("gone"));
const silent: Said = () => new Promise(() => {});

describe("voters who are asked for by shard", () => {
  it("may be in one shard of each group", () => {
    expect(candidateShards(ada, shardMap)).toEqual([0, 1, 2]);
  });

  it("are found wherever they are, and are told in their order", async () => {
    const shards = [holding(bea), holding(), holding(ada)];
    expect(await ask(shards, [ada, bea, "eve_eve_eve_eve_eve_ev"])).toEqual([ada, bea, null]);
  });

  it("are found while another shard fails or never answers", async () => {
    expect(await ask([failing, holding(ada), holding()])).toEqual([ada]);
    expect(await ask([silent, holding(), holding(ada)])).toEqual([ada]);
    expect(await ask([silent, holding(bea), holding(ada)], [ada, bea])).toEqual([ada, bea]);
  });

  it("are waited for where the one shard that has not answered may hold them", async () => {
    const late = Promise.withResolvers<void>();
    const slow: Said = async (pids) => {
      await late.promise;
      return holding(bea)(pids);
    };
    let isAnswered = false;
    const answered = ask([holding(ada), holding(), slow], [ada, bea]).finally(() => {
      isAnswered = true;
    });
    // Everything that waits for nothing else has run by then.
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    late.resolve();
    expect(await answered).toEqual([ada, bea]);
  });

  it("are unknown where nobody holds them and a shard that may does not answer", async () => {
    await expect(ask([holding(), failing, holding()])).rejects.toThrow("gone");
    await expect(ask([holding(ada), failing, holding()], [ada, bea])).rejects.toThrow("gone");
    expect(await ask([holding(), holding(), holding()])).toEqual([null]);
  });

  it("are unknown where a shard does not answer for each of them", async () => {
    await expect(ask([holding(), async () => [], holding()])).rejects.toThrow("for each voter");
  });
});
