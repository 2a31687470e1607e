import { useEffect, useMemo, useState } from "react";
import { pacedSpeech } from "./paced-speech.ts";

export type AnnouncerProps = {
  text: string;
  /** The least time between two announcements: 15 s for live figures, 0 for what a reader did. */
  quietMs?: number;
};

/** A polite live region for screen readers, which speaks its text whenever it changes. */
export function Announcer({ text, quietMs = 15_000 }: AnnouncerProps) {
  // Empty at first: a region speaks what changes in it, not what it comes with.
  const [spoken, setSpoken] = useState("");
  const speech = useMemo(
    () =>
      pacedSpeech({
        speak: setSpoken,
        now: () => performance.now(),
        setTimer: (act, ms) => {
          const timer = setTimeout(act, ms);
          return () => clearTimeout(timer);
        },
        quietMs,
      }),
    [quietMs],
  );
  useEffect(() => speech.say(text), [speech, text]);
  useEffect(() => () => speech.stop(), [speech]);
  return (
    <p className="unseen" aria-live="polite">
      {spoken}
    </p>
  );
}
