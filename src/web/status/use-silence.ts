import { useEffect, useState } from "react";

/** Older than this nothing that was read says anything of now: as the Worker itself has it. */
const freshMs = 75_000;

/** Whether what was read at `readAt` (ms) is too old by now: also offline, where nobody asks. */
export function useSilence(readAt: number): boolean {
  const [silentSince, setSilentSince] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSilentSince(readAt), freshMs);
    return () => clearTimeout(timer);
  }, [readAt]);
  return silentSince === readAt;
}
