const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before try number `attempt` (from 0), in ms: doubling, with full jitter above a
 * floor, so that ten thousand screens that lost one server do not return in one second. `random` is
 * in [0, 1).
 */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(firstMs / 2 + random() * (ceiling - firstMs / 2));
}
