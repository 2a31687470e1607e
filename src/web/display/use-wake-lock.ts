import { useEffect } from "react";

/** Keeps the screen on while the page is seen, where the device allows it. */
export function useWakeLock(): void {
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    // The lock ends whenever the page is hidden, so it is taken again.
    const stayAwake = (): void => {
      // A device may refuse, on a low battery for one; its screen saver is the operator's to set.
      if (!document.hidden) holdLock(signal).catch(() => undefined);
    };
    document.addEventListener("visibilitychange", stayAwake, { signal });
    stayAwake();
    return () => ended.abort();
  }, []);
}

async function holdLock(signal: AbortSignal): Promise<void> {
  const lock = await navigator.wakeLock?.request("screen");
  if (signal.aborted) await lock?.release();
  else signal.addEventListener("abort", () => void lock?.release());
}
