import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { Manifest } from "../../decision/decision.ts";
import { shardOf } from "../../decision/shard-map.ts";
import type { CastVotes, ShardFailure } from "../../ports/ballots.ts";
import { askInGroups } from "../../shared/ask-in-groups.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";

interface WaitingVotes {
  requests: readonly CastRequest[];
  resolve: (outcomes: (CastOutcome | ShardFailure)[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Votes for one shard are cast with others for it, in their order, so that none waits for another
 * shard. Where a wrong region asks more than one, and in a rehearsal, which is traced by message,
 * each message is cast alone.
 */
export function gatherByShard(
  { shardMap, placement, rehearsal }: Pick<Manifest, "shardMap" | "placement" | "rehearsal">,
  cast: CastVotes,
): CastVotes {
  if (placement !== undefined || rehearsal === true) return cast;
  const byShard = shardMap.map(() => gatherCasts(cast));
  const shardOfVoter = ({ pid }: CastRequest) => shardOf(pid, shardMap.length);
  return (requests) =>
    askInGroups<CastRequest, CastOutcome | ShardFailure>(
      requests,
      shardOfVoter,
      // A voter's shard is one of the map's.
      (shard, some) => (byShard[shard] ?? cast)(some),
      "unavailable",
    );
}

/**
 * Casts the votes of many messages to one shard in few casts: what comes in one turn of the runtime
 * goes together, in its order. While a cast is under way, what comes waits for it to end, for a
 * while, or until there is enough.
 */
export function gatherCasts(cast: CastVotes): CastVotes {
  const waiting: WaitingVotes[] = [];
  let votesUnderWay = 0;
  let votesWaiting = 0;
  let stopWaiting = (): void => {};

  /** A shard holds a few votes for a while, until others come: these are the others. */
  const isEnough = (): boolean => {
    if (votesUnderWay === 0) return false;
    const { commitCallBallotsEnough, gatheredVotesEnough } = limits;
    const areHeld = votesUnderWay < commitCallBallotsEnough;
    return votesWaiting >= (areHeld ? commitCallBallotsEnough : gatheredVotesEnough);
  };
  const waitForOthers = (): Promise<void> =>
    new Promise((resolve) => {
      if (isEnough()) return resolve();
      const timer = setTimeout(resolve, votesUnderWay === 0 ? 0 : limits.gatherWaitMsMax);
      stopWaiting = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const castNext = async (): Promise<void> => {
    await waitForOthers();
    const group = takeGroup(waiting);
    const count = votesOf(group);
    votesWaiting -= count;
    votesUnderWay += count;
    try {
      const casting = cast(group.flatMap(({ requests }) => requests));
      if (waiting.length > 0) void castNext();
      const outcomes = await casting;
      invariant(outcomes.length === count, "every vote has an outcome");
      let from = 0;
      for (const { requests, resolve } of group) {
        resolve(outcomes.slice(from, from + requests.length));
        from += requests.length;
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    votesUnderWay -= count;
    stopWaiting();
  };

  return (requests) =>
    new Promise((resolve, reject) => {
      waiting.push({ requests, resolve, reject });
      votesWaiting += requests.length;
      if (waiting.length === 1) void castNext();
      else if (isEnough()) stopWaiting();
    });
}

function votesOf(group: readonly WaitingVotes[]): number {
  return group.reduce((sum, { requests }) => sum + requests.length, 0);
}

/** The first that wait, as many as one cast may have; the very first in any case. */
function takeGroup(waiting: WaitingVotes[]): WaitingVotes[] {
  let votes = 0;
  const end = waiting.findIndex(({ requests }, index) => {
    votes += requests.length;
    return index > 0 && votes > limits.gatheredVotesMax;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}
