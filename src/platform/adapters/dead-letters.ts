import type { DecisionIds } from "../../auth/decision-ids.ts";
import type { ShardAddress } from "../../ballot/receipt.ts";
import type { ReplayableDeadLetters } from "../../ports/dead-letters.ts";
import type { Decisions } from "../../ports/decisions.ts";
import { UnknownDecision } from "../../ports/unknown-decision.ts";
import { isReplayable, replayDeadLetter } from "../../vote-log/replay-dead-letter.ts";
import { isChange, replayChange } from "../replay-change.ts";
import { versionedRegistry } from "../objects/versioned-stubs.ts";
import { writerDependenciesOf } from "../writer-dependencies.ts";
import type { ShardCalls } from "./shard-calls.ts";

/** How the record is reached. */
interface RecordAccess {
  ids: DecisionIds;
  decisions: Pick<Decisions, "votingContext">;
  shardAt: ShardCalls;
}

/**
 * Dead letters of an environment: the table, and the way back into the database. One whose decision
 * has an id that was not given out is not replayed, and stays.
 */
export function replayableDeadLetters(
  env: Env,
  { ids, decisions, shardAt }: RecordAccess,
): ReplayableDeadLetters {
  const deps = writerDependenciesOf(env);
  const shardOf = async ({ decisionId, shard }: ShardAddress) => {
    if (!ids.isOwn(decisionId)) throw new UnknownDecision();
    const context = await decisions.votingContext(decisionId);
    return shardAt(context?.manifest ?? { decisionId, shardMap: [] }, shard);
  };
  return {
    list: (query) => deps.store.listDeadLetters(query),
    find: (id) => deps.store.findDeadLetter(id),
    replay: async (deadLetter) =>
      (await replayChange(env, deadLetter, deps.store)) ??
      replayDeadLetter(
        {
          ...deps,
          readBallots: async (address, afterSeq, max) =>
            (await shardOf(address)).readBallots(afterSeq, max),
          readEpoch: async (address) => (await (await shardOf(address)).outboxProgress()).epoch,
        },
        deadLetter,
      ),
    async dismiss(deadLetter, actor) {
      const canBeReplayed = isReplayable(deps.signature, deadLetter) || isChange(env, deadLetter);
      if (canBeReplayed) return "replayable";
      const { id, body, cause } = deadLetter;
      await versionedRegistry(env.REGISTRY).recordDismissal({ id, body, cause }, actor);
      await deps.store.dropDeadLetter(id);
      return "dismissed";
    },
  };
}
