/** What is published, paged through and verified. */
export const publicationLimits = {
  /**
   * A closed decision is compared with its projection after the time that its last ballot takes at
   * most on a quiet day (a drain of 250 ms, a queue's batch of a second, the write), and then at
   * doubling distances up to ten minutes.
   */
  certifyDelayMsFirst: 2_500,
  certifyDelayMsMax: 600_000,
  /**
   * Ballots that are counted again in the first question: 140 take D1 a third of a millisecond and
   * 4,000 some 8 ms, less than a second question's way there and back. D1 gives the counts as one
   * text: at worst each ballot has a shard, region and choice of its own, and 4,000 times 250 bytes
   * are 1 MB. So are the 1,000 regions with four choices of one shard, which is the largest part.
   */
  certifyTogetherBallotsMax: 4_000,
  /**
   * Rows that one statement counts: some 0.1 s of D1, which takes no other question meanwhile and
   * breaks one off after 30 s. 72 million ballots are 72 statements.
   */
  countedRowsMax: 1_000_000,
  /**
   * A room's long texts are kept in pieces: the platform takes 2 MB a value, ours have at most half
   * of that, and a stored character takes two bytes.
   */
  storedPieceCharacters: 500_000,

  /**
   * The longest key of a list is a dead letter's id: a decision's id of 64 characters, a shard, a
   * seq of 16 digits.
   */
  cursorTextCharactersMax: 128,
  pageSizeDefault: 20,
  pageSizeMax: 100,
  /** Ballots of a roll call that are looked at for a page of one region or choice: some 10 ms. */
  filteredBallotsMax: 20_000,
  auditPageMax: 10_000,
  /** An entry is about 500 bytes: a page of 1,000 is half a megabyte. */
  auditLogPageMax: 1_000,
  /** The same for anybody who asks: 50 kB. */
  eventsPageMax: 100,
  /** A year, the longest that caches are asked to keep anything. */
  publicationCacheSeconds: 31_536_000,
  /**
   * A page of a publication is a row and an answer: some 800 ballots, at most 786,432 bytes. A row of
   * a roll call has 15,000 characters at worst.
   */
  publicationPageCharactersMax: 262_144,
  /** A row of what a shard cuts, half of what the platform takes. */
  publicationCutBytesMax: 524_288,
  /**
   * Ballots that a shard cuts in one call, some 0.7 s and 10 MB: 1,000,000 in one shard are 31
   * calls. A roll call's have a statement of up to 2,000 characters, 20 MB in UTF-16.
   */
  publicationPortionBallots: 32_768,
  publicationPortionNotes: 4_096,
  /**
   * Ballots that the room sorts and writes at once, some 10 MB with their rows. 72 million are
   * 16,384 buckets; a roll call's have 25 MB at worst.
   */
  publicationBucketBallots: 8_192,
  publicationBucketNotes: 2_048,
  /** Voters with more than one ballot that a shard has in memory, at 100 bytes: 25 MB. */
  publicationVotersMax: 250_000,
  /** Portions or buckets that a room asks for before its alarm yields: about a second or two. */
  publicationStepsMax: 8,
  /** A portion of a busy shard; with the way there far below the 60 s of CPU that a call has. */
  publicationStepMsMax: 20_000,
  /**
   * Differences that a verification names of each copy of a shard, some 200 bytes each; of 64 shards
   * with four copies that are 2.6 MB. The others are counted.
   */
  verifyDifferencesListedMax: 50,
  /** Lines about differences that it prints over all decisions: some ten screens. */
  verifyLinesMax: 500,
  /**
   * A row of a publication, with its line feed: a name of 255 and a statement of 2,000 characters,
   * each escaped as six bytes, and 600 bytes of hashes and members are 15 kB. Longer is no row.
   */
  verifiedRowBytesMax: 65_536,
  /** An outcome or manifest of 1,000 regions with 32 requirements that each name them is 10 MB. */
  verifiedDocumentBytesMax: 33_554_432,
  /** Rows of a list, 43 bytes each in memory: twenty million are 860 MB. */
  verifiedRowsMax: 20_000_000,
  /** Names and statements that are kept beside them; those that follow are read again when shown. */
  verifiedNotesBytesMax: 134_217_728,
  /** Rows between two breaks in which a cancelling is heard: some 40 ms of hashes. */
  verifiedRowsABreak: 4_096,
  /** Findings that a verification names of each code; the others are counted. */
  verifiedFindingsListedMax: 20,
  gzipBytesMin: 1_000,
} as const;
