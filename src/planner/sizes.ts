/**
 * Bytes that a ballot takes, each measured by the command beside it.
 *
 * In a shard 95, and with what is published of it 1,007 in a room that holds its only shard
 * (`npm run bench`, 29 November 2026: 4.8 and 50.3 MiB of 52,349 ballots); in D1 84
 * (`npm run bench:d1-size`, the same day).
 */
export const bytesABallot = {
  shard: 95,
  publication: 912,
  d1: 84,
  /** A record of 500 ballots is 23 kB. */
  log: 46,
  postgres: 196,
} as const;

/** Ballots a second that one writer brought into a database (`npm run bench:kafka`, November 2026). */
export const ballotsASecond = {
  /** D1, by two writers on one thread. */
  d1: 55_151,
  /** Postgres on the same two processors as everything else. */
  postgres: 58_990,
  /** The gateway, a record a request. */
  gateway: 497_004,
} as const;

/** Of what was measured here this much is planned for: elsewhere networks lie between. */
export const plannedShare = 0.25;
