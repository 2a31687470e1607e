import { candidateShards, groupRanges } from "../../decision/shard-map.ts";
import type { ShardRoll } from "../../decision/roll.ts";
import type { Rolls, ShardPlan } from "../../ports/rolls.ts";
import { limits } from "../../shared/limits.ts";
import { votersOf } from "./seal-roll.ts";

/** The sealed parts of an import. */
interface SealedImport {
  plan: ShardPlan;
  number: number;
  parts: readonly ShardRoll[];
}

/**
 * Voters who stand in regions of two groups of shards, which no shard can find by itself, by their
 * pids. Each voter of the smaller group is sought in the larger ones. Nothing is loaded into what is
 * sealed, so what is found is so for good.
 */
export async function findTwinsInGroups(
  rolls: Pick<Rolls, "readAfter" | "findIn">,
  { plan, number, parts }: SealedImport,
): Promise<string[]> {
  const ranges = groupRanges(plan.shardMap);
  const groups = ranges.map(({ first, shards }, group) => {
    const numbers = Array.from({ length: shards }, (_, index) => first + index);
    const voters = numbers.reduce((sum, shard) => sum + votersIn(parts, shard), 0);
    return { group, numbers, voters };
  });
  const bySize = groups.filter(({ voters }) => voters > 0).toSorted((a, b) => a.voters - b.voters);
  const twins = new Set<string>();
  for (const [at, { numbers }] of bySize.entries()) {
    const larger = bySize.slice(at + 1).map(({ group }) => group);
    if (larger.length === 0) break;
    for (const shard of numbers) {
      for await (const pids of pagesOfPids(rolls, { plan, number, shard })) {
        for (const pid of await findIn(rolls, { plan, number, pids, groups: larger }))
          twins.add(pid);
        // As many as are told one by one: it is refused all the same.
        if (twins.size >= limits.rollProblemsMax) return [...twins];
      }
    }
  }
  return [...twins];
}

/** What is wrong, as the head of a sentence. */
export function sayTwinsInGroups(voters: number): string {
  const more = voters < limits.rollProblemsMax ? "" : " or more";
  return `Voters who stand in regions of two groups of \`placement\`: ${voters}${more}`;
}

function votersIn(parts: readonly ShardRoll[], shard: number): number {
  const part = parts[shard];
  return part === undefined ? 0 : votersOf(part);
}

async function* pagesOfPids(
  rolls: Pick<Rolls, "readAfter">,
  { plan, number, shard }: { plan: ShardPlan; number: number; shard: number },
): AsyncGenerator<string[]> {
  const max = limits.rollComparedVoters;
  for (let afterPid = ""; ;) {
    const entries = await rolls.readAfter({ plan, shard, number, afterPid, max });
    if (entries.length > 0) yield entries.map(({ pid }) => pid);
    if (entries.length < max) return;
    afterPid = entries.at(-1)?.pid ?? "";
  }
}

/** Voters, and the groups in which they are sought. */
interface SoughtVoters {
  plan: ShardPlan;
  number: number;
  pids: readonly string[];
  groups: readonly number[];
}

async function findIn(
  rolls: Pick<Rolls, "findIn">,
  { plan, number, pids, groups }: SoughtVoters,
): Promise<string[]> {
  const byShard = new Map<number, string[]>();
  for (const pid of pids) {
    const candidates = candidateShards(pid, plan.shardMap);
    for (const group of groups) {
      const shard = candidates[group];
      if (shard === undefined) continue;
      const some = byShard.get(shard) ?? [];
      some.push(pid);
      byShard.set(shard, some);
    }
  }
  const found = await Promise.all(
    [...byShard].map(async ([shard, some]) => {
      const entries = await rolls.findIn({ plan, shard, number, pids: some });
      return some.filter((_, index) => (entries[index] ?? null) !== null);
    }),
  );
  return found.flat();
}
