import { useEffect, useState } from "react";
import { browserTexts, keptBallotsName } from "./browser-texts.ts";

/**
 * Whether a vote in a decision was recorded from this browser; false on the Worker and until what
 * is kept has been read. Who keeps nothing here loads nothing for it.
 */
export function useHasVoted(decisionId: string): boolean {
  const [hasVoted, setHasVoted] = useState(false);
  useEffect(() => {
    let isShown = true;
    const name = keptBallotsName(decisionId);
    const look = async (): Promise<void> => {
      const isKept = (browserTexts()?.getItem(name) ?? null) !== null;
      const found = isKept && (await import("./has-kept-ballot.ts")).hasKeptBallot(decisionId);
      if (isShown) setHasVoted(found);
    };
    const follow = ({ key }: StorageEvent): void => {
      if (key === name) void look();
    };
    void look();
    addEventListener("storage", follow);
    return () => {
      isShown = false;
      removeEventListener("storage", follow);
    };
  }, [decisionId]);
  return hasVoted;
}
