/** Search and statistics. */
export const searchLimits = {
  /**
   * What whoever fills the search index reads of the record at once: ten pages of a publication are
   * 8,000 ballots and at most 8 MB. An object answers within milliseconds, or one that starts within a
   * second.
   */
  searchReadsAtOnceMax: 10,
  searchReadMsMax: 5_000,
  /**
   * Pages of a publication that a room tells the feed of in one alarm: three sends. A million ballots
   * are 1,250 pages, some seven alarms.
   */
  searchPagesToldMax: 200,
  /**
   * Tries of a change whose decision can't be read, and how old it is at least, before it goes to the
   * dead letters: far longer than a new release needs to be everywhere.
   */
  searchReadTriesMax: 20,
  searchReadGivenUpMs: 900_000,
  /** A change is some 250 characters with its signature; a record of votes is read as one once. */
  searchChangeCharactersMax: 1_000,
  /**
   * A room whose feed is away asks it again after this at the latest: ten thousand rooms are 33 calls
   * a second then.
   */
  searchTellDelayMsMax: 300_000,
  /**
   * Tries of a message while the index is away, before the same change is sent anew: of the hundred
   * that a queue allows, so that no change ever runs out of them.
   */
  searchRepublishTries: 50,
  /**
   * Cron tells the time each minute, and a batch takes seconds: an index that has heard nothing for
   * five times as long is behind.
   */
  searchBehindMs: 300_000,
  /**
   * Decisions and pages that one call of a reindex reads: half of what a request may call of objects
   * on the platform's smallest plan, and some seconds.
   */
  reindexReadsMax: 24,
  /**
   * An index says in some 20 ms how it does. Half of what others wait for a look under way: readiness
   * does not depend on search.
   */
  searchHealthMsMax: 500,
  /** Values of a facet: as many as statistics have regions. */
  searchFacetValuesMax: 250,
  /** Longer words are cut, in texts and in queries alike: no language writes such. */
  searchWordCharactersMax: 64,
  /**
   * What the embedded index takes of a decision: of 35,500 characters of titles and descriptions in a
   * script without blanks three times as many, with the blanks between, at 3 bytes 320 kB.
   */
  searchWordsCharactersMax: 120_000,
  /** Words that a word of a query may stand for: what engines take by default. */
  searchFormsMax: 50,
  /** Known words that a wrong one is compared with: 20,000 are some 10 ms. */
  searchKnownWordsMax: 20_000,
  /** What is indexed in one statement; a decision alone has at most some 700 kB. */
  searchStatementBytesMax: 800_000,
  searchStatementRowsMax: 1_000,
  /** Rows that one statement removes at the end of a rebuild, some 50 ms. */
  searchRemovedRowsMax: 5_000,
  /** Characters of a description that a highlight shows around what was found. */
  searchHighlightCharactersMax: 240,
  /** A title as somebody remembers it; the longest words of any language have some 60 characters. */
  searchCharactersMax: 200,
  /** An index looks up each word, and each word like it where it has typing errors. */
  searchWordsMax: 16,
  /** Of scripts without blanks an index looks up each two letters, as they are: 200 letters have 199. */
  searchPairsMax: 200,
  /** Nobody reads further; whoever wants all has the list. */
  searchHitsMax: 1_000,
  /** Regions of statistics: the 193 members of the United Nations, and those of former times. */
  searchRegionsMax: 250,
  /**
   * Statistics go through all ballots that were published, some 50 ms a million: once in five minutes,
   * or sooner where the index has not all ballots of a decision yet.
   */
  statisticsFreshMs: 300_000,
  statisticsIncompleteFreshMs: 10_000,
  /** While the index is away they are shown for an hour, with their time. */
  statisticsKeptMs: 3_600_000,
  /** Longer than an index may take to answer: by then another reader may try. */
  statisticsClaimMs: 15_000,
  /** Whoever comes while the first are computed waits two seconds for them. */
  statisticsWaitMs: 50,
  statisticsWaitsMax: 40,
  /** An adapter's place after a hit, three values of at most 128 characters, with its mac. */
  searchCursorCharactersMax: 1_024,
  /** An engine finds in some 20 ms; who waits for an answer looks at something else after seconds. */
  searchAnswerMsMax: 5_000,
  /** A portion of `_bulk` takes less than a second, new indexes some, on a machine that is busy. */
  searchWriteMsMax: 30_000,
  /** Between two refreshes of an engine: one for each ten pages took three quarters of its time. */
  searchRefreshMs: 5_000,
  /** A portion of `_bulk`: engines are content with 5 to 15 MB; an isolate holds two of them. */
  searchBulkBytesMax: 4_194_304,
  /** A page of 101 hits with texts of 35,500 characters each at worst, 10 MB, with highlights. */
  searchAnswerBytesMax: 33_554_432,
  /**
   * Words that a mistyped one may mean: 16 words in two fields are 576 clauses of an engine's 1,024, and
   * with what else is sought of them 740. The letters beside them are 120 pairs, with 240 clauses.
   */
  searchExpansionsMax: 18,
  /** Pairs of region and choice in a page, of the 65,536 that engines answer with at once. */
  searchBucketsAPage: 10_000,
  /** 33,000 regions, more than all decisions together name. */
  searchBucketPagesMax: 10,
  /** Four quarters a year, for 250 years. */
  searchIndexesMax: 1_000,
} as const;
