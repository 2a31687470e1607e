import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import { limits } from "../../shared/limits.ts";

/** Casts votes, and gives an outcome each in their order. */
export type CastVotes = (
  requests: readonly CastRequest[],
) => Promise<(CastOutcome | ShardFailure)[]>;

interface WaitingVotes {
  requests: readonly CastRequest[];
  resolve: (outcomes: (CastOutcome | ShardFailure)[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Casts the votes of many messages in few casts: while one is under way, what comes waits for it to
 * end, for a while, or until there is enough, and goes together in its order. A message that comes
 * alone waits for nothing.
 */
export function gatherCasts(cast: CastVotes): CastVotes {
  const waiting: WaitingVotes[] = [];
  let underWay = 0;
  let votesWaiting = 0;
  let goOn = (): void => {};

  /** Of the message that waits first, so that the cast is part of its trace. */
  const castNext = async (): Promise<void> => {
    if (underWay > 0 && votesWaiting < limits.gatheredVotesEnough)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limits.gatherWaitMsMax);
        goOn = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    underWay += 1;
    const together = takeTogether(waiting);
    for (const { requests } of together) votesWaiting -= requests.length;
    try {
      const casting = cast(together.flatMap(({ requests }) => requests));
      if (waiting.length > 0) void castNext();
      const outcomes = await casting;
      let from = 0;
      for (const { requests, resolve } of together) {
        resolve(outcomes.slice(from, from + requests.length));
        from += requests.length;
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
    underWay -= 1;
    goOn();
  };

  return (requests) =>
    new Promise((resolve, reject) => {
      waiting.push({ requests, resolve, reject });
      votesWaiting += requests.length;
      if (waiting.length === 1) void castNext();
      else if (votesWaiting >= limits.gatheredVotesEnough) goOn();
    });
}

/** The first that wait, as many as one cast may have; the very first in any case. */
function takeTogether(waiting: WaitingVotes[]): WaitingVotes[] {
  let votes = 0;
  const end = waiting.findIndex(({ requests }, index) => {
    votes += requests.length;
    return index > 0 && votes > limits.gatheredVotesMax;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}
