/** How often whoever may ask. */
export const rateLimits = {
  /**
   * Requests that one client, voter or key may send in a window of so many seconds and a location of
   * the platform; the platform knows windows of 10 and 60. Whoever waits out the shorter one has
   * lost little, and clients repeat within their patience. wrangler.toml has the same figures.
   */
  rateWindowSeconds: 10,
  /**
   * A page asks for some ten things when it is opened, and then every few seconds: a hall of a
   * hundred opens it at once behind one address. Read from what the isolate shares at 0.2 ms,
   * 100 a second are 2 % of a core.
   */
  rateReadsMax: 1_000,
  /** Each is a statement of the database, which takes them one by one at 1 to 5 ms: 5 % of its time. */
  rateListsMax: 100,
  /** Each is a call of the room: 500 watchers behind one address are all there after 30 s. */
  rateWatchesMax: 200,
  /** The costliest takes 50 ms of CPU, and 10 ms to read: 6 % of a core. */
  rateEvaluationsMax: 10,
  /** An export of 1,000,000 ballots is 1,250 pages of the room, some 5 s of its time. */
  rateExportsMax: 5,
  /**
   * By the subject of a login that was verified: a voter's exchange, its repeats and another device;
   * and sign-ins, by the key.
   * Each is a read of the room and two calls of shards at most. 2,000 voters in a hall pass, whatever
   * else its address sends.
   */
  rateExchangesMax: 10,
  /**
   * Credentials that are no good, 0.1 ms and a line in the log each: a login is verified by keys at
   * hand, and with a challenge costs one question to Turnstile. Good ones pass all the same.
   */
  rateFailedCredentialsMax: 50,
  /** A vote, its repeats, a change and a few looks; by the token's subject, wherever it comes from. */
  rateVoterRequestsMax: 10,
  /** By the key: 200 batches of 1,000 votes a second are more than a decision takes. */
  rateKeyRequestsMax: 2_000,
  /** Of a voter in a window that an isolate counts by itself: nobody is asked for an honest vote. */
  rateVoterRequestsFree: 2,
  /**
   * Cells of that count, 64 kB. At 1,000 votes a second in an isolate 10,000 lie in a window, and one
   * vote in 250 finds two others in its cell: the limiter is asked, and lets it through.
   */
  rateVoterCells: 65_536,
  /** A refusal that an isolate remembers so long costs no question; some 100 bytes each. */
  rateRefusalKeptMs: 1_000,
  rateRefusalsKeptMax: 10_000,
  /** The limiter counts on the machine that asks; one that takes longer is away. */
  rateAnswerMsMax: 100,
  /** Subjects that an isolate counts by itself while the limiter is away, some 150 bytes each. */
  rateSubjectsCountedMax: 10_000,
} as const;
