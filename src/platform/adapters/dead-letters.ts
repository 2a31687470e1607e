import type { ReplayableDeadLetters } from "../../ports/dead-letters.ts";
import type { Decisions } from "../../ports/decisions.ts";
import { replayDeadLetter } from "../../vote-log/replay-dead-letter.ts";
import { writerDependenciesOf } from "../writer-dependencies.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** Dead letters of an environment: the table, and the way back into the database. */
export function replayableDeadLetters(
  env: Env,
  decisions: Pick<Decisions, "votingContext">,
  shardAt: ShardCalls,
): ReplayableDeadLetters {
  const deps = writerDependenciesOf(env);
  return {
    list: (query) => deps.store.listDeadLetters(query),
    find: (id) => deps.store.findDeadLetter(id),
    replay: (deadLetter) =>
      replayDeadLetter(
        {
          ...deps,
          async readBallots({ decisionId, shard }, afterSeq, max) {
            const context = await decisions.votingContext(decisionId);
            const plan = context?.manifest ?? { decisionId, shardMap: [] };
            return shardAt(plan, shard).readBallots(afterSeq, max);
          },
        },
        deadLetter,
      ),
  };
}
