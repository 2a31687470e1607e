import { useEffect, useRef, useState } from "react";

const quietMs = 15_000;

/**
 * A polite live region for screen readers (WCAG 4.1.3). A result that moves four times a second is
 * spoken at most once in 15 seconds, always in its newest wording.
 */
export function SpokenRegion({ text }: { text: string }) {
  const [spoken, setSpoken] = useState("");
  const spokenAt = useRef(-Infinity);
  useEffect(() => {
    if (text === spoken) return;
    const wait = Math.max(0, spokenAt.current + quietMs - Date.now());
    const timer = setTimeout(() => {
      spokenAt.current = Date.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return (
    <p className="unseen" aria-live="polite">
      {spoken}
    </p>
  );
}
