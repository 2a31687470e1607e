import { candidateShards, type ShardMap } from "../../decision/shard-map.ts";
import { invariant } from "../../shared/invariant.ts";

/** Voters of a decision, and what each shard that may hold them is asked. */
interface VotersQuestion<Answer> {
  shardMap: ShardMap;
  pids: readonly string[];
  /** An answer a pid, in their order. */
  ask: (shard: number, pids: readonly string[]) => Promise<readonly Answer[]>;
  /** Whether this is the answer of a shard that holds the voter. */
  isFound: (answer: Answer) => boolean;
}

/**
 * Asks every shard that may hold one of these voters, one call a shard; the answers are in the order
 * of the pids. Of several shards that which holds the voter is believed, and no other is waited for
 * once every voter is found; where none does all must have answered.
 */
export async function askByShard<Answer>({
  shardMap,
  pids,
  ask,
  isFound,
}: VotersQuestion<Answer>): Promise<Answer[]> {
  const notFound = new Set(pids);
  const answers = new Map<string, { answer: Answer }>();
  const failures = new Map<string, { error: unknown }>();
  const areAllFound = Promise.withResolvers<void>();
  const asked = [...pidsByShard(shardMap, pids)].map(async ([shard, some]) => {
    try {
      const said = await ask(shard, some);
      invariant(said.length === some.length, "a shard answers for each voter that it is asked of");
      for (const [index, answer] of said.entries()) {
        const pid = some[index] ?? "";
        if (isFound(answer)) notFound.delete(pid);
        else if (!notFound.has(pid)) continue;
        answers.set(pid, { answer });
      }
    } catch (error) {
      for (const pid of some) failures.set(pid, { error });
    }
    if (notFound.size === 0) areAllFound.resolve();
  });
  await Promise.race([areAllFound.promise, Promise.all(asked)]);
  return pids.map((pid) => {
    const failure = failures.get(pid);
    if (failure !== undefined && notFound.has(pid)) throw failure.error;
    const best = answers.get(pid);
    invariant(best !== undefined, "every voter has a shard");
    return best.answer;
  });
}

function pidsByShard(shardMap: ShardMap, pids: readonly string[]): Map<number, string[]> {
  const byShard = new Map<number, string[]>();
  for (const pid of pids) {
    for (const shard of candidateShards(pid, shardMap)) {
      const some = byShard.get(shard) ?? [];
      some.push(pid);
      byShard.set(shard, some);
    }
  }
  return byShard;
}
