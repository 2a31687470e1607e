/** Planning, backups and what is forgotten. */
export const operationsLimits = {
  /**
   * What a plan may be asked for: everybody on earth in an hour is 2.3 million votes a second. Its
   * work is the same for all.
   */
  planVotesPerSecondMax: 1_000_000,
  planHoursMax: 744,
  planSessionsMax: 1_000,
  planDecisionsMax: 100_000,
  planVotersMax: 10_000_000_000,
  planContinentsMax: 6,
  planWatchersMax: 100_000_000,
  /** Eight figures and two words. */
  planBytesMax: 1_024,

  /** Ten years: longer than any law that we know of asks votes to be kept. */
  retentionDaysMax: 3_650,
  /**
   * Rows that are forgotten at a time. A row of a shard's log has up to 256 ballots of 100 bytes, so
   * 500 are 13 MB; one of a roll is 100 bytes, of the database 84. After twenty portions the room sets
   * its alarm and yields: of 72 million ballots in the database that is 720 alarms.
   */
  forgetShardRows: 500,
  forgetRollRows: 20_000,
  forgetDatabaseRows: 5_000,
  forgetPortionsARun: 20,

  /**
   * Characters of a backup's page: some 5,000 ballots of 200, encrypted in 80 ms of a request. A row
   * that is longer is a page by itself: with the platform's 2 MB a value, 4 MB at most.
   */
  backupPageCharacters: 1_048_576,
  /**
   * A page is filled up to a multiple of this before it is encrypted, so that its length tells how
   * many ballots a shard has to some 1,300 and no closer.
   */
  backupPadCharacters: 262_144,
  /**
   * What an object reads at once as a look at it begins: 10,000 keys of 300 characters, or map,
   * releases, outcome and seals of a room, of 1 MB each. An object has 128 MB.
   */
  backupHeadCharactersMax: 33_554_432,
  /** A page in JSON again, with its quotes escaped: twice the longest. */
  restoreBytesMax: 16_777_216,
  /** Decisions whose rooms are asked at once for their shards: a fourth of what a request may call. */
  backupListDecisions: 10,
  /** For so long Cloudflare keeps earlier states of an object (point-in-time recovery). */
  recoveryMsMax: 30 * 86_400_000,
  /** How often a command looks anew at an object that changes under it. */
  backupLooksMax: 20,
} as const;
