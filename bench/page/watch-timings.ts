/** What the browser itself reports of a page, in ms. */
export interface Timings {
  /** When the largest text or picture of the first view was drawn (LCP). */
  largestPaintMs: number;
  /** The largest sum of layout shifts within a window (CLS). */
  shift: number;
  /** From the tap or key to the next frame, the longest event of each interaction. */
  interactionsMs: number[];
  /** The longest time that the page's thread was busy without a break; 0 below 50. */
  longestTaskMs: number;
}

/** Starts to collect; runs in the page before its own scripts. */
export const watchTimings = `(() => {
  const seen = { largest: 0, shifts: [], interactions: {}, longest: 0 };
  globalThis.timings_ = seen;
  const watch = (type, note, options) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true, ...options });
  watch("largest-contentful-paint", ({ startTime }) => { seen.largest = startTime; });
  watch("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (!hadRecentInput) seen.shifts.push({ startTime, value });
  });
  watch("event", ({ interactionId, duration }) => {
    if (interactionId > 0)
      seen.interactions[interactionId] = Math.max(seen.interactions[interactionId] ?? 0, duration);
  }, { durationThreshold: 16 });
  watch("longtask", ({ duration }) => { seen.longest = Math.max(seen.longest, duration); });
})()`;

/** As `watchTimings` keeps it in the page. */
export interface SeenTimings {
  largest: number;
  shifts: { startTime: number; value: number }[];
  interactions: Record<string, number>;
  longest: number;
}

export function toTimings({ largest, shifts, interactions, longest }: SeenTimings): Timings {
  return {
    largestPaintMs: largest,
    shift: largestWindow(shifts),
    interactionsMs: Object.values(interactions),
    longestTaskMs: longest,
  };
}

/** Shifts with less than 1 s between them, and at most 5 s from first to last, are one window. */
function largestWindow(shifts: SeenTimings["shifts"]): number {
  let [largest, sum, startedAt, lastAt] = [0, 0, -Infinity, -Infinity];
  for (const { startTime, value } of shifts) {
    const isNew = startTime - lastAt >= 1_000 || startTime - startedAt >= 5_000;
    if (isNew) [sum, startedAt] = [0, startTime];
    sum += value;
    lastAt = startTime;
    largest = Math.max(largest, sum);
  }
  return largest;
}
