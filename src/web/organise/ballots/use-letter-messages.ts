import { useEffect, useMemo, useState } from "react";
import { loadLetterMessages, type LetterMessages } from "./letter-messages.ts";
import type { LetterVoter } from "./letter-terms.ts";

/** The words of these letters; null while they are loaded. */
export function useLetterMessages(voters: readonly LetterVoter[]): LetterMessages | null {
  const [messages, setMessages] = useState<LetterMessages | null>(null);
  const wanted = useMemo(
    () => [...new Set(voters.map(({ language }) => language))].toSorted().join(" "),
    [voters],
  );
  useEffect(() => {
    let isWanted = true;
    const load = async (): Promise<void> => {
      const loaded = await loadLetterMessages(new Set(wanted.split(" ")));
      if (isWanted) setMessages(loaded);
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return messages;
}
