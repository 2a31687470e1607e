/** Drafts and the life of a decision. */
export const decisionLimits = {
  /**
   * A decision of 1,000 regions with 64-character codes and 200-character names stays below 512
   * KiB.
   */
  decisionBytesMax: 524_288,
  /**
   * A draft as a whole, which several changes can add up to: what one body may hold, and 1,000
   * codes again, 192 bytes each, where they stand for names. With its status it is one value of the
   * database, which takes 1 MiB.
   */
  draftBytesMax: 786_432,
  /** Browsers send up to a dozen languages; the rest of a longer header is not read. */
  languageRangesMax: 32,
  titleCharactersMax: 500,
  descriptionCharactersMax: 5_000,
  /** Languages of a decision's texts: twice those of the web app. */
  languagesMax: 12,
  /** The longest tags that languages have in use (RFC 5646, 4.4.1). */
  languageTagCharactersMax: 35,
  /**
   * Titles and descriptions beside the original's, together: at 3 bytes 90 kB, a fifth of a
   * decision's body.
   */
  translationsCharactersMax: 30_000,
  regionCodeCharactersMax: 64,
  regionNameCharactersMax: 200,
  /**
   * A shard writes its whole tally with every commit: 1,000 regions are about 60 kB, 15 pages of
   * SQLite.
   */
  regionsMax: 1_000,

  /** Shards' clocks differ by milliseconds: one that is behind waits this long for its own end. */
  clockSkewMsMax: 1_000,
  /**
   * Shards answer in two seconds, and one try again comes soon after: an extension that is decided
   * later than this after the end begins with the decision.
   */
  extensionPauseMsMax: 10_000,
  /**
   * The end of an extension moves until every shard was told of it, and at most so often. Telling is
   * tried again every 10 s, so that is six hours, which few outages last, of a silent shard; a room
   * that is away moves nothing. Tokens live a day after the frozen end and so outlast it. After that
   * the end stands, and voters of the silent shard have what is left of it once it was told.
   */
  extensionMovesMax: 2_160,
  /** An extension of a week is the longest that bylaws know. */
  extensionMinutesMax: 10_080,
  /**
   * Whether nothing can change any more is decided at most this often: it takes milliseconds.
   */
  earlyFinishDelayMs: 1_000,
  /**
   * A decision's row in the database follows a change of the record at this distance, so that what
   * is done in one go (create, amend, open) is one write. What ends a decision is written at once.
   */
  decisionRowDelayMs: 500,

  /**
   * An id is its slug, a hyphen and a mac: 51 + 1 + 12 characters. 48 bits are enough of a mac, since
   * each guess is a request: at 10,000 a second one in 900 years makes an object of nothing.
   */
  decisionSlugCharactersMax: 51,
  decisionIdMacDigits: 12,
} as const;
