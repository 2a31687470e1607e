/** Bytes that a ballot takes, each as the command beside it found. */
export const bytesABallot = {
  /** `npm run bench`, 29 November 2026: 4.8 MiB of 52,349 ballots. */
  shard: 95,
  /** What its publication adds to a room alone: `npm run test:large`, 30 November 2026. */
  publishedInRoom: 636,
  /** And to room and shards together: `npm run bench`, 50.3 MiB of those 52,349. */
  published: 912,
  /** `npm run bench:d1-size`, 29 November 2026, with a usual id and country codes. */
  d1: 84,
  /** A record of 500 ballots is 23 kB. */
  log: 46,
  /** In the tables of migrations/postgres with their index: 500,000 rows, 30 November 2026. */
  postgres: 255,
} as const;

/** What a voter without a name takes of the shard whose roll has it, as `roll-rows.test.ts` finds. */
export const bytesARollVoter = 60;

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
