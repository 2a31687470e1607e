import type { DeadLetterBox } from "../../src/http/deps.ts";
import { shardName } from "../../src/decision/shard-map.ts";
import { replayLetter } from "../../src/vote-log/replay-letter.ts";
import { writerDepsOf } from "../composition.ts";

/** Dead letters of an environment: the table, and the way back into the database. */
export function deadLetterBox(env: Env): DeadLetterBox {
  const deps = writerDepsOf(env);
  return {
    list: (query) => deps.store.listDeadLetters(query),
    find: (place) => deps.store.findDeadLetter(place),
    replay: (letter) =>
      replayLetter(
        {
          ...deps,
          readBallots: ({ decisionId, shard }, afterSeq, max) =>
            env.BALLOT_SHARD.getByName(shardName(decisionId, shard)).readBallots(afterSeq, max),
        },
        letter,
      ),
  };
}
