/** How long one call is repeated before it is given up: longer than a restart of the platform takes. */
export const retryPatienceMs = 60_000;
const retryDelayFirstMs = 40;
const retryDelayMaxMs = 2_000;

/** Statuses that promise that nothing happened, or that a proxy lost the answer of an idempotent call. */
export function isWorthRepeating(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/**
 * Milliseconds to wait before try `attempt` (from 1), never less than the server's Retry-After.
 * The jitter spreads clients that failed together; `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, retryAfterMs: number, random: number): number {
  const ceiling = Math.min(retryDelayFirstMs * 2 ** (attempt - 1), retryDelayMaxMs);
  return retryAfterMs + Math.ceil(ceiling * (0.5 + random / 2));
}

/** Reads a Retry-After header in seconds, the only form that the platform sends; anything else is no wish at all. */
export function parseRetryAfterMs(header: string | undefined): number {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1_000 : 0;
}
