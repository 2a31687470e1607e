import { spreadDelayMs } from "../../shared/backoff.ts";

/** How long one call is repeated before it is given up: longer than a restart of the platform takes. */
export const retryPatienceMs = 60_000;
/** Shorter than a browser's: a script is alone with its instance, and is waited for. */
const bounds = { firstMs: 40, maxMs: 2_000 };

/** Milliseconds to wait before try `attempt` (from 1), never less than the server's Retry-After; `random` in [0, 1). */
export function retryDelayMs(attempt: number, retryAfterMs: number, random: number): number {
  return retryAfterMs + spreadDelayMs(attempt, bounds, random);
}

/** Reads a Retry-After header in seconds, the only form that the platform sends; anything else is no wish at all. */
export function parseRetryAfterMs(header: string | undefined): number {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1_000 : 0;
}
