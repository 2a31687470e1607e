import { useEffect, useState } from "react";

const tickMs = 250;
const calmTickMs = 1_000;

/**
 * The local time in ms, which moves; null on the Worker and until the page is hydrated, so that both
 * write the same.
 */
export function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = (): void => setNow(Date.now());
    tick();
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setInterval(tick, isCalm ? calmTickMs : tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
