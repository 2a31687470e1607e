/** The typed client. */
export const clientLimits = {
  /** A call of the client: five tries, 0.2 to 5 s apart, bridge the restart of an object. */
  clientTriesMax: 5,
  clientRetryMsFirst: 200,
  clientRetryMsMax: 5_000,
  /** Lists that a client reads at once; each bookmark has some 250 characters. */
  clientBookmarksMax: 20,
  clientRetryAfterMsMax: 30_000,
  clientAnswerMsMax: 30_000,
  /** A socket is looked at so often, whether the server is ending it: no event says that in time. */
  clientSocketLookMs: 1_000,
  /**
   * Five tries of 30 s with four waits of up to 35 s fit; more patience would outlive whoever
   * asked.
   */
  clientPatienceMsMax: 300_000,
  /**
   * An upload is answered after its last row: 2,000,000 rows at 10,000 a second, and the sealing of
   * the shards.
   */
  clientUploadMsMax: 300_000,
  /**
   * Below 256 kbit/s an upload is taken for dead: the 100 MB of the largest roll then have 55
   * minutes more.
   */
  clientUploadBytesAMsMin: 32,
  clientQuoteCharactersMax: 200,
} as const;
