import { shardOf } from "../../decision/shard-map.ts";
import { invariant } from "../../shared/invariant.ts";

/** Voters of a decision, and what each of its shards is asked about its own. */
interface VotersQuestion<Answer> {
  shards: number;
  pids: readonly string[];
  /** An answer a pid, in their order. */
  ask: (shard: number, pids: readonly string[]) => Promise<readonly Answer[]>;
}

/** Asks the shard of each voter, one call a shard; the answers are in the order of the pids. */
export async function askByShard<Answer>({
  shards,
  pids,
  ask,
}: VotersQuestion<Answer>): Promise<Answer[]> {
  const byShard = Map.groupBy(pids, (pid) => shardOf(pid, shards));
  const found = new Map<string, Answer>();
  await Promise.all(
    [...byShard].map(async ([shard, some]) => {
      const answers = await ask(shard, some);
      invariant(answers.length === some.length, "a shard answers for each of its voters");
      for (const [index, answer] of answers.entries()) found.set(some[index] ?? "", answer);
    }),
  );
  // Every pid is a key: it was given to the one shard that it belongs to.
  return pids.map((pid) => found.get(pid) as Answer);
}
