/** The server's time as far as this device can know it: local time plus an offset in ms. */
export type ServerClock = { offsetMs: number };

/** Before the first answer the local clock has to do. */
export const localClock: ServerClock = { offsetMs: 0 };

/**
 * Reads the server's time from an answer: it was `as_of` + `age_ms` when the answer was made, which
 * is no earlier than the request. Counting from the request's start makes ages an upper bound, so a
 * result is never shown fresher than it is. `requestedAt` is local time in ms when the request left.
 */
export function readServerClock(
  answer: { as_of: string; age_ms: number },
  requestedAt: number,
): ServerClock {
  return { offsetMs: Date.parse(answer.as_of) + answer.age_ms - requestedAt };
}

/** The server's time in ms at the local time `now`. */
export function serverTime(clock: ServerClock, now: number): number {
  return now + clock.offsetMs;
}

/** How old a result of `asOf` is in ms; never negative, also when a clock was set back. */
export function ageMs(clock: ServerClock, asOf: string, now: number): number {
  return Math.max(0, serverTime(clock, now) - Date.parse(asOf));
}
