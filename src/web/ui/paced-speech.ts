export interface SpeechPorts {
  /** Puts the text where screen readers read it from. */
  speak: (text: string) => void;
  /** Milliseconds. */
  now: () => number;
  /** Acts later; answers what stops it. */
  setTimer: (act: () => void, ms: number) => () => void;
  /** The least time between two texts, in milliseconds. */
  quietMs: number;
}

/**
 * Speaks what changes, in its newest wording and never more often than is bearable: a result may
 * move four times a second.
 */
export function pacedSpeech({ speak, now, setTimer, quietMs }: SpeechPorts) {
  let latest = "";
  let spokenAt = -Infinity;
  let stopWaiting: (() => void) | undefined;

  const speakLatest = (): void => {
    stopWaiting = undefined;
    spokenAt = now();
    speak(latest);
  };
  return {
    say: (text: string): void => {
      if (text === latest) return;
      latest = text;
      stopWaiting ??= setTimer(speakLatest, Math.max(0, spokenAt + quietMs - now()));
    },
    stop: (): void => {
      stopWaiting?.();
      stopWaiting = undefined;
    },
  };
}
