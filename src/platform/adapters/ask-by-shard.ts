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

type ShardAnswers<Answer> = ReadonlyMap<string, Answer> | { error: unknown };

/**
 * Asks every shard that may hold one of these voters, one call a shard; the answers are in the order
 * of the pids. Of several shards that which holds the voter is believed, and where none says so all
 * must have answered.
 */
export async function askByShard<Answer>({
  shardMap,
  pids,
  ask,
  isFound,
}: VotersQuestion<Answer>): Promise<Answer[]> {
  const candidates = new Map(pids.map((pid) => [pid, candidateShards(pid, shardMap)]));
  const byShard = new Map<number, string[]>();
  for (const pid of pids) {
    for (const shard of candidates.get(pid) ?? []) {
      const some = byShard.get(shard) ?? [];
      some.push(pid);
      byShard.set(shard, some);
    }
  }
  const asked = [...byShard].map(
    async ([shard, some]) => [shard, await answersOf(some, () => ask(shard, some))] as const,
  );
  const answers = new Map(await Promise.all(asked));
  return pids.map((pid) => {
    const said = (candidates.get(pid) ?? []).map((shard) => answers.get(shard));
    return believed(pid, said, isFound);
  });
}

async function answersOf<Answer>(
  pids: readonly string[],
  ask: () => Promise<readonly Answer[]>,
): Promise<ShardAnswers<Answer>> {
  try {
    const answers = await ask();
    invariant(answers.length === pids.length, "a shard answers for each voter that it is asked of");
    return new Map(answers.map((answer, index) => [pids[index] ?? "", answer]));
  } catch (error) {
    return { error };
  }
}

function believed<Answer>(
  pid: string,
  said: readonly (ShardAnswers<Answer> | undefined)[],
  isFound: (answer: Answer) => boolean,
): Answer {
  const answers: Answer[] = [];
  let failure: { error: unknown } | null = null;
  for (const ofShard of said) {
    if (ofShard === undefined) continue;
    // It has an answer for each of its pids.
    if (ofShard instanceof Map) answers.push(ofShard.get(pid) as Answer);
    else if ("error" in ofShard) failure ??= ofShard;
  }
  const found = answers.find(isFound);
  if (found !== undefined) return found;
  if (failure !== null) throw failure.error;
  const [answer] = answers;
  invariant(answer !== undefined, "every voter has a shard");
  return answer;
}
