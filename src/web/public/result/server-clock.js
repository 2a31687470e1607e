/**
 * The server's time as far as this device can know it: local time plus an offset in ms.
 * @typedef {{ offsetMs: number }} ServerClock
 */

/** Before the first answer the local clock has to do. */
export const localClock = { offsetMs: 0 };

/**
 * Reads the server's time from an answer: it was `as_of` + `age_ms` when the answer was made, which
 * is no earlier than the request. Counting from the request's start makes ages an upper bound, so a
 * result is never shown fresher than it is.
 * @param {{ as_of: string, age_ms: number }} answer
 * @param {number} requestedAt local time in ms when the request left
 * @returns {ServerClock}
 */
export function readServerClock(answer, requestedAt) {
  return { offsetMs: Date.parse(answer.as_of) + answer.age_ms - requestedAt };
}

/**
 * @param {ServerClock} clock
 * @param {number} now local time in ms
 */
export function serverTime(clock, now) {
  return now + clock.offsetMs;
}

/**
 * How old a result of `asOf` is in ms; never negative, also when a clock was set back.
 * @param {ServerClock} clock
 * @param {string} asOf
 * @param {number} now local time in ms
 */
export function ageMs(clock, asOf, now) {
  return Math.max(0, serverTime(clock, now) - Date.parse(asOf));
}
