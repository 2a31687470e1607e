/** Probes, backlogs and the checks of records. */
export const healthLimits = {
  /**
   * What a look at database, log and cache found is told again for so long: /readyz is public, and
   * each look costs a connection and five calls.
   */
  healthSharedMs: 1_000,
  /**
   * Nobody else looks meanwhile. A look at what hangs takes up to 40 s, so eight at most are under
   * way at once; one that was given up holds others up no longer.
   */
  healthClaimMs: 5_000,
  /**
   * What the look before found is told, with its age, while one is under way; older, it says little
   * of now.
   */
  healthKeptMs: 30_000,
  /**
   * Without that, whoever comes waits a second in all for the look under way, which mostly takes
   * some 50 ms.
   */
  healthWaitMs: 50,
  healthWaitsMax: 20,
  /**
   * Dead letters that a look at the database counts: whether one is open is a seek each, 10,000 are
   * some 20 ms.
   */
  healthDeadLettersMax: 10_000,
  /**
   * From accepted to confirmed a ballot takes a second or three: what waits longer than this is
   * told to the registry, then at doubling distances. At the longest, 1,000 decisions of 64 shards
   * that wait through one outage are 213 calls a second.
   */
  backlogNoticeMs: 10_000,
  backlogToldMsMax: 300_000,
  /** Rows of what waits that a look adds up: some 5 ms. */
  backlogRowsMax: 20_000,
  /** Causes that readiness names. */
  backlogCausesMax: 5,
  /** What was lost on its way is sent again after two minutes: what waits longer is a problem. */
  backlogMsMax: 120_000,
  /**
   * A batch that can't be written comes again after a minute at the latest: what it met then is
   * told for a minute and a half, by an isolate at most every five seconds.
   */
  writerFailureKeptMs: 90_000,
  writerFailureToldMs: 5_000,
  /** As long as the longest distance between two tries to certify. */
  certificationNoticeMs: 600_000,

  /**
   * Rows that are compared with the record at a time: 2,000 ballots are some 300 kB from each
   * side. After twenty such pages, a second or two, the room sets its alarm and yields; 72 million
   * ballots are 1,800 alarms, about an hour.
   */
  rowCheckPageBallots: 2_000,
  rowCheckPagesMax: 20,

  /**
   * Decisions that the cron has checked each minute, ten at a time: the rest have their turn in the
   * minutes after, those under way first. Each is a call of its room and of its shards.
   */
  checkedDecisionsMax: 50,
  checkedTogetherMax: 10,
  /** A room asks its shards (2 s) and then the database: what takes longer waits for its next turn. */
  recordCheckMsMax: 5_000,
  /**
   * Rows that a check counts, some 4 ms of D1: of a decision with more a portion each time. 50
   * decisions a minute are at most 1,440 million rows a day, some 1.44 USD of D1.
   */
  checkedRowsMax: 20_000,
  /** A minute between two runs of the cron, and fifteen seconds for its start and the checks. */
  checkFreshMs: 75_000,
  /** How long after it was certified a decision is still checked. */
  checkedAfterMs: 86_400_000,
  /** Decisions that the status page tells, some 500 bytes each. */
  listedChecksMax: 100,
} as const;
