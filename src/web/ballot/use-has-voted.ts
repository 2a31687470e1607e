import { useCallback, useSyncExternalStore } from "react";
import { browserTexts, KeptBallots, keptBallotsName } from "./kept-ballots.ts";

/**
 * Whether a vote in a decision was recorded from this browser; false on the Worker and until the
 * page is hydrated.
 */
export function useHasVoted(decisionId: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const follow = ({ key }: StorageEvent): void => {
        if (key === keptBallotsName(decisionId)) onChange();
      };
      addEventListener("storage", follow);
      return () => removeEventListener("storage", follow);
    },
    [decisionId],
  );
  return useSyncExternalStore(
    subscribe,
    () => hasKeptBallot(decisionId),
    () => false,
  );
}

function hasKeptBallot(decisionId: string): boolean {
  const kept = new KeptBallots(browserTexts(), decisionId);
  return kept
    .voters()
    .some(({ ballots }) => ballots.at(-1)?.choice !== "withdrawn" && ballots.length > 0);
}
