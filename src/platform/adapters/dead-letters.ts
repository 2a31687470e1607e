import type { ShardAddress } from "../../ballot/receipt.ts";
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
  const shardOf = async ({ decisionId, shard }: ShardAddress) => {
    const context = await decisions.votingContext(decisionId);
    return shardAt(context?.manifest ?? { decisionId, shardMap: [] }, shard);
  };
  return {
    list: (query) => deps.store.listDeadLetters(query),
    find: (id) => deps.store.findDeadLetter(id),
    replay: (deadLetter) =>
      replayDeadLetter(
        {
          ...deps,
          readBallots: async (address, afterSeq, max) =>
            (await shardOf(address)).readBallots(afterSeq, max),
          readEpoch: async (address) => (await (await shardOf(address)).outboxProgress()).epoch,
        },
        deadLetter,
      ),
  };
}
