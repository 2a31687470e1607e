/** Ballots on their way from shards to the database. */
export const voteLogLimits = {
  /** A shard drains and reports at most four times a second. */
  drainDelayMs: 250,
  /**
   * A record of 500 ballots of about 45 bytes is 23 kB: below 64 KB, what Queues counts as one
   * operation.
   */
  recordBallotsMax: 500,
  recordBytesMax: 60_000,
  /** Half of what Queues takes in one send; a publish of 2,000 ballots is mostly 90 kB. */
  publishBytesMax: 125_000,
  publishRecordsMax: 100,
  /**
   * Ballots read from the log for one publish, so that a backlog is drained in bounded memory. In a
   * rush a shard publishes once an alarm: 8,000 a second, some ten times what one object on the
   * platform accepts.
   */
  drainBallotsMax: 2_000,
  /**
   * Publishes of one alarm; with 2,000 ballots each a wake-up moves 100,000 ballots and then
   * yields.
   */
  drainRoundsMax: 50,
  /**
   * Waiting after a failed drain doubles from the first to the last. At 10 s a shard costs six
   * calls a minute of an outage, and is back soon after its end.
   */
  retryDelayMsFirst: 500,
  retryDelayMsMax: 10_000,
  /**
   * Sending again what was not confirmed doubles its wait up to an hour: a dead-lettered ballot
   * stops being sent every two minutes.
   */
  republishDelayMsMax: 3_600_000,

  /**
   * A little longer than the gateway's own 8 s, so that its answer says what failed and not our
   * silence.
   */
  kafkaProduceMsMax: 10_000,
  kafkaAnswerMsMax: 10_000,
  /** An idle writer asks twice in four seconds; a record that comes ends the wait. */
  kafkaConsumeWaitMs: 2_000,
  /**
   * Members of the group of writers: more than a topic's partitions stand idle, and topics of more
   * than 64 are rare.
   */
  kafkaWritersMax: 64,
  /**
   * One alarm of a writer, so that setting the next (a billed row) happens three times a minute,
   * far below an alarm's 15 minutes.
   */
  kafkaTurnMs: 20_000,
  /**
   * A writer that meets an outage asks again at this distance at the latest: what a wait costs is a
   * call, what it delays is everybody's ballots.
   */
  kafkaRetryDelayMsMax: 5_000,

  /**
   * Postgres answers a login within a second or is not there; a writer that waits longer holds up
   * its next try.
   */
  postgresConnectMsMax: 5_000,
  /**
   * The longest statement is an audit's count: 10 million rows of a decision take about 5 s. A
   * batch of the writer takes some 20 ms.
   */
  postgresStatementMsMax: 30_000,
  /** Longer than that, so that Postgres's answer says what went wrong and not our silence. */
  postgresAnswerMsMax: 35_000,
  /**
   * Shards and partitions are locked for a batch's 20 ms; who waits a hundred times as long gives
   * way and comes again.
   */
  postgresLockMsMax: 5_000,
  /**
   * Every transaction is one statement, so nothing is ever idle in one: a connection that is
   * belongs to nobody.
   */
  postgresIdleTransactionMsMax: 10_000,
  /**
   * Postgres has 100 connections by default and keeps three for superusers: what is left beside
   * ours is for migrations, auditors and backups.
   */
  postgresConnectionsMax: 80,
  /** The farewell of a connection; a server that is gone answers none. */
  postgresCloseMsMax: 1_000,
  /**
   * A list takes a replica some 10 ms; one that takes a hundred times as long is behind or away, and
   * the reader is answered by the primary, as late as that.
   */
  replicaAnswerMsMax: 1_000,
  /** A replica that was away is left alone for so long; then one of an isolate's readers tries it. */
  replicaRestMs: 10_000,
  /** A standby replays within milliseconds; one that is a minute behind answers hardly anybody. */
  replicaBehindMs: 60_000,
  /** D1's bookmarks have 59 characters, positions in Postgres's log at most 17. */
  bookmarkCharactersMax: 96,
  /** With a time and the kind of the database before it, and room to spare. */
  sealedBookmarkBytes: 160,
  /**
   * A reader who was away for longer is one who has not been here; what a replica lags by is less
   * than a minute.
   */
  bookmarkMsMax: 3_600_000,

  /**
   * One transaction of the writer: 1,000 ballots as one JSON parameter are about 110 kB of D1's 2
   * MB.
   */
  writerBallotsMax: 1_000,
  /** Dead letters that D1 is given in one parameter; one alone has at most some 62 kB. */
  deadLettersParameterBytesMax: 524_288,
  /** Tries of a ballot that the database refuses, before it goes to the dead letters. */
  writerPoisonRetriesMax: 3,
  /**
   * A queue's message that could not be written comes again after a wait that doubles from the
   * first to the last; Queues takes 12 hours at most. A hundred tries, the most there are, then
   * last 97 minutes: longer than a shard waits before it sends again, so a copy of each ballot
   * stays in the queue.
   */
  queueRetryDelayMsFirst: 5_000,
  queueRetryDelayMsMax: 60_000,
  /**
   * What is kept of a record that can't be read, as JSON: with its cause and signature it is a
   * message of 64 kB at most. A record of 60 kB as it is counted, four bytes a character of a
   * region, has some 46 kB.
   */
  deadLetterBytesMax: 55_000,
  /** The words for what is wrong with it, six bytes a character at worst. */
  deadLetterCauseCharactersMax: 1_000,
} as const;
