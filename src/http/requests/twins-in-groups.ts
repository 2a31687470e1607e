import { groupRanges, shardOf, type ShardRange } from "../../decision/shard-map.ts";
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

/** A shard whose voters are sought in the groups that these ranges are. */
interface SoughtPart {
  shard: number;
  larger: readonly ShardRange[];
}

/** What the search asks the shards for. */
type SearchedRolls = Pick<Rolls, "readPidsAfter" | "findPidsIn">;

/**
 * Voters who stand in regions of two groups of shards, which no shard can find by itself, by their
 * pids. Each voter of the smaller group is sought in the larger ones, of a few shards at a time.
 * Nothing is loaded into what is sealed, so what is found is so for good.
 */
export async function findTwinsInGroups(
  rolls: SearchedRolls,
  sealed: SealedImport,
): Promise<string[]> {
  const twins = new Set<string>();
  // All take from one list, so that none has a shard of another.
  const waiting = partsToSeek(sealed).values();
  const seekNext = async () => {
    for (const part of waiting) {
      for await (const pids of pagesOfPids(rolls, sealed, part.shard)) {
        for (const pid of await findInLarger(rolls, sealed, { pids, larger: part.larger }))
          twins.add(pid);
        // As many as are told one by one: it is refused all the same.
        if (twins.size >= limits.rollProblemsMax) return;
      }
    }
  };
  await Promise.all(Array.from({ length: limits.rollComparedShards }, seekNext));
  return [...twins].slice(0, limits.rollProblemsMax);
}

/** What is wrong, as the head of a sentence. */
export function sayTwinsInGroups(voters: number): string {
  const more = voters < limits.rollProblemsMax ? "" : " or more";
  return `Voters who stand in regions of two groups of \`placement\`: ${voters}${more}`;
}

/** The shards of every group but the largest, each with the groups that have more voters. */
function partsToSeek({ plan, parts }: SealedImport): SoughtPart[] {
  const groups = groupRanges(plan.shardMap).map((range) => {
    const numbers = Array.from({ length: range.shards }, (_, index) => range.first + index);
    const voters = numbers.reduce((sum, shard) => sum + votersIn(parts, shard), 0);
    return { range, numbers, voters };
  });
  const bySize = groups.filter(({ voters }) => voters > 0).toSorted((a, b) => a.voters - b.voters);
  return bySize.slice(0, -1).flatMap(({ numbers }, at) => {
    const larger = bySize.slice(at + 1).map(({ range }) => range);
    return numbers.map((shard) => ({ shard, larger }));
  });
}

function votersIn(parts: readonly ShardRoll[], shard: number): number {
  const part = parts[shard];
  return part === undefined ? 0 : votersOf(part);
}

async function* pagesOfPids(
  rolls: SearchedRolls,
  { plan, number }: SealedImport,
  shard: number,
): AsyncGenerator<string[]> {
  const max = limits.rollComparedVoters;
  for (let afterPid = ""; ;) {
    const pids = await rolls.readPidsAfter({ plan, shard, number, afterPid, max });
    if (pids.length > 0) yield pids;
    if (pids.length < max) return;
    afterPid = pids.at(-1) ?? "";
  }
}

async function findInLarger(
  rolls: SearchedRolls,
  { plan, number }: SealedImport,
  { pids, larger }: { pids: readonly string[]; larger: readonly ShardRange[] },
): Promise<string[]> {
  const searches = larger.flatMap(({ first, shards }) => [
    ...Map.groupBy(pids, (pid) => first + shardOf(pid, shards)),
  ]);
  const found = await Promise.all(
    searches.map(([shard, some]) => rolls.findPidsIn({ plan, shard, number, pids: some })),
  );
  return found.flat();
}
