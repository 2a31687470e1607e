import type { DeadLetterBox, Rooms } from "../../src/http/deps.ts";
import { replayLetter } from "../../src/vote-log/replay-letter.ts";
import { writerDepsOf } from "../composition.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** Dead letters of an environment: the table, and the way back into the database. */
export function deadLetterBox(
  env: Env,
  rooms: Pick<Rooms, "votingContext">,
  shardAt: ShardCalls,
): DeadLetterBox {
  const deps = writerDepsOf(env);
  return {
    list: (query) => deps.store.listDeadLetters(query),
    find: (place) => deps.store.findDeadLetter(place),
    replay: (letter) =>
      replayLetter(
        {
          ...deps,
          async readBallots({ decisionId, shard }, afterSeq, max) {
            const context = await rooms.votingContext(decisionId);
            const plan = context?.manifest ?? { decisionId, shardMap: [] };
            return shardAt(plan, shard).readBallots(afterSeq, max);
          },
        },
        letter,
      ),
  };
}
