/**
 * Every bound of the platform in one place, each with the arithmetic that chose it.
 * Units stand last in a name; `Max` alone counts things.
 */
export const limits = {
  /**
   * A vote is about 300 bytes of JSON with its nonce and proof; a statement of 2,000 characters is at
   * most 12 kB more where each is escaped. 16 KiB leave room for spaces, none for abuse.
   */
  voteBytesMax: 16_384,
  /**
   * 1,000 items of a 255-character voter_id (4 bytes each at worst), a region and a key: about 1.3
   * MB.
   */
  batchBytesMax: 2_097_152,
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
  /**
   * Refused credentials are told at the 1st, 10th, 100th … of this time, by code: a million guesses
   * a minute are seven lines of an isolate.
   */
  refusalWindowMs: 60_000,
  /** Codes with which a credential is refused: twelve, and room. */
  refusalCodesMax: 32,
  batchVotesMax: 1_000,
  /**
   * Voters of one part of a marked register: 2,000 voter_ids of 255 characters, 4 bytes each at
   * worst, are as large as a batch. A million voters are 500 entries of the audit log.
   */
  registerVotersMax: 2_000,
  tokensMax: 1_000,

  /**
   * Ballot links that a page issues and holds in its memory: 200,000 of some 450 bytes are 90 MB.
   * A larger electorate is invited in parts.
   */
  linksAPageMax: 200_000,
  /** Its file of voters: 200,000 rows of 300 bytes. */
  votersFileBytesMax: 60_000_000,
  /**
   * Letters that are printed in one go: 250 of some 30 kB of markup are 8 MB, and 250 sheets are
   * what a printer's tray holds.
   */
  lettersAPrintMax: 250,

  voterIdCharactersMax: 255,
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
  /**
   * Hiding regions of a thousand voters hides whole towns; who wants more hidden has named too many
   * regions.
   */
  smallCellsMinMax: 1_000,
  /**
   * Voters of a region and weight that are shown after the close outside roll calls, at the least:
   * among ten a choice is nobody's, unless all ten made it.
   */
  cellVotersMin: 10,
  /**
   * Regions and weights that a shard tells of its part of a roll, at 300 bytes 300 kB. A roll of
   * more has voters who share their weight with nobody.
   */
  rollCellsMax: 1_000,
  /** Regions that a refusal names one by one. */
  smallRegionsTold: 20,
  /** Two weights in each of 1,000 regions; at 150 bytes 300 kB of an outcome. */
  shownCellsMax: 2_000,
  /**
   * Regions and weights that a shard tells of its counted voters, twice as many as are shown: at 70
   * bytes each 280 kB, and 18 MB of 64 shards in the room.
   */
  countedCellsMax: 4_000,
  /**
   * New voters of a region before the close until its figures move. Below two a figure would be
   * one vote; above a thousand no decision of a town would show anything.
   */
  releaseMinMin: 2,
  releaseMinMax: 1_000,
  releaseMinDefault: 10,
  /**
   * Between two writes of a room's releases: at most four a second, whatever number of regions
   * moves.
   */
  releaseDelayMs: 250,
  /**
   * One shard holds a few hundred writes a second, so 64 hold 10,000 a second with room to spare.
   */
  shardsMax: 64,
  /**
   * What the platform says an object takes a second, and what a shard is planned for: some hundreds
   * where each writes.
   */
  objectRequestsASecondMax: 1_000,
  shardVotesASecondPlanned: 250,
  /** What the platform keeps for one object. */
  objectBytesMax: 10_000_000_000,
  /** What the platform takes of one queue a second. */
  queueMessagesASecondMax: 5_000,
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

  /**
   * A rule of eight tests within each other, two levels of JSON each, is 20 levels deep in the body
   * that holds it; nothing else of ours is deeper.
   */
  jsonDepthMax: 64,
  /**
   * A rule with tables of 1,000 regions (about 80 bytes a line) and a tally of 1,000 regions with
   * seven figures each stay below 512 KiB.
   */
  ruleBytesMax: 524_288,
  /**
   * The longest bylaws at hand need five requirements and three levels; a test is evaluated once a
   * region.
   */
  ruleRequirementsMax: 32,
  ruleDepthMax: 8,
  ruleTestsMax: 200,
  /**
   * Work of rules is counted in units, of which `npm run bench:rules` measures 30 to 120 ns each
   * (29 November 2026, of one core's time); a place where the runtime has not compiled the code yet
   * takes twice as long. To read a rule: 16,000 entries of tables that are whole numbers, or 25,000
   * members of groups. 6 to 12 ms, once an instance and manifest.
   */
  ruleReadWorkMax: 100_000,
  /**
   * The outcome of a decision, whatever its votes: a draft whose rule and regions might take more is
   * refused. Of the presets with 1,000 regions the costliest, 1,000 houses, takes 110,000. Some 12 ms.
   */
  ruleOutcomeWorkMax: 130_000,
  /**
   * A look at a decision's outcome together with its forecast, which is unknown beyond: some 15 ms in
   * the object that takes its votes. The exact search of the Union's 27 states takes 120,000, a
   * table's weight of 1,000 regions all of it.
   */
  ruleLookWorkMax: 160_000,
  /** Anybody's rule on anybody's figures, read, evaluated and forecast: 50 ms of the Worker. */
  ruleRequestWorkMax: 300_000,
  /** 10^12 a ballot keeps a ballot's weight an exact double; tallies are BigInt. */
  ballotWeightMax: 1_000_000_000_000,
  idempotencyKeyCharactersMax: 255,
  /** A page and a half: reasons of a vote, as councils record them. */
  statementCharactersMax: 2_000,
  /**
   * Each vote of a voter reads the log rows of all ballots before: 100 take a millisecond or two.
   */
  ballotsAVoterMax: 100,

  /**
   * Ballots waiting in a shard for the next commit: at 40,000 a second applied, 10,000 wait a
   * quarter of a second.
   */
  shardQueueBallotsMax: 10_000,
  /** One commit: 2,000 ballots take about 20 ms, so no caller waits long behind a bulk request. */
  commitBallotsMax: 2_000,
  /**
   * What a vote waits for others at most, a fifth of the 100 ms in which 99 of 100 are answered. At
   * 156 votes a second a commit then serves four, a quarter of a billed row each; 50 ms would save
   * another eighth.
   */
  commitWaitMsMax: 20,
  /** Sixteen votes share a billed row: waiting for more would save less than a sixteenth each. */
  commitBallotsEnough: 16,
  /** After a silence of so long, the calls before say nothing of those that may follow. */
  commitIdleMs: 200,
  /** Where nobody joins whoever waits, every 16th commit tries again: a millisecond a vote. */
  commitsUntilWaitTried: 16,
  /**
   * A row of a shard's log: 256 ballots of about 60 bytes are 15 kB, quickly read for one of them.
   * At worst, with two regions of 64 characters at six bytes each, a ballot takes 900 bytes and a
   * row 230 kB.
   */
  logRowBallotsMax: 256,
  /**
   * How many ballots a shard's state row may be behind its log: with one vote a commit it costs a
   * 256th row a vote, and an object that wakes reads 256 rows at most.
   */
  stateLagBallots: 256,
  /**
   * Ballots between two flushes of a shard's voter index, each of which writes one of 64
   * partitions: at a million voters some 70 blocks, about a millisecond. A cycle is 32,768 ballots,
   * about 3 MB of an object's 128 MB, and read again from the log in a tenth of a second when an
   * object wakes.
   */
  indexFlushBallots: 512,
  /** 2^6 partitions, as the arithmetic above has it. */
  indexPartitionBits: 6,
  /** A block of the voter index: 336 entries of 12 bytes just fit a page of SQLite. */
  indexBlockEntriesMax: 336,
  /**
   * With 16 bits a voter at least half of which are in use, an index filter takes 12 % of new
   * voters at most for known ones. 2^20 bits for each of 64 partitions are 8 MB.
   */
  filterBitsAVoter: 16,
  filterBitsMax: 1_048_576,

  /** A shard drains and reports at most four times a second. */
  drainDelayMs: 250,
  /**
   * Reports of all shards to their room, four a second: a room reads them at some 20 MB a second.
   * Above this they come once a second: 64 shards in each of which all of 1,000 regions change are
   * 4 MB a second then.
   */
  reportBytesASecondMax: 1_000_000,
  reportDelayMsMax: 1_000,
  /**
   * Tallies that a shard keeps to tell changes from: what it last reported, what it last answered,
   * and two that are on their way. They share what did not change.
   */
  reportBasesMax: 4,
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
   * What a look at database, log and cache found is told again for so long: /readyz is public, and
   * each look costs a connection and five calls.
   */
  healthSharedMs: 1_000,
  /**
   * An index says in some 20 ms how it does. Half of what others wait for a look under way: readiness
   * does not depend on search.
   */
  searchHealthMsMax: 500,
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
  /** What Cloudflare gives a D1 database on a paid plan, and from when on readiness warns of it. */
  d1BytesMax: 10_000_000_000,
  d1WarningPercents: [50, 80],
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
  /** A result at the edge is shared for this long; older ones ask the room. */
  sharedReadMs: 1_000,
  /**
   * A reader who shows a newer version than the shared one gets a read of its own, all such readers
   * of an isolate together at most ten a second: one of them waits a tenth of a second for news,
   * and versions that are made up cost a room no more than that.
   */
  sharedAheadMs: 100,
  /**
   * The cache's tiers. The hot entry of an open decision stands in for a room that is silent, for
   * as long as old figures still help.
   */
  cacheHotMs: 300_000,
  /** Final figures are shown this long without asking the room, */
  cacheWarmMs: 3_600_000,
  /**
   * and this long while one reader asks it: a decision that is read once a day stays in the cache.
   */
  cacheColdMs: 86_400_000,
  /**
   * In the last tenth of the warm time ever more readers try to renew: a decision with a reader a
   * second is renewed in its first half minute.
   */
  cacheRenewEarlyMs: 360_000,
  /** Redis answers in 1 to 5 ms; a read that waits longer is better served by the room. */
  cacheAnswerMsMax: 50,
  /**
   * A room that asks all its shards needs some 50 ms, and at worst what `snapshotDeadlineMs` says:
   * by then another reader may try.
   */
  cacheClaimMs: 2_000,
  /**
   * Waits of 10, 20 and 40 ms for what another reader computes; whoever finds nothing even then
   * asks the room, which takes many askers.
   */
  cacheWaitMsFirst: 10,
  cacheWaitsMax: 3,
  /**
   * Three failures in a row, at most 150 ms of one reader's time, and an isolate leaves the cache
   * alone for ten seconds.
   */
  cacheFailuresMax: 3,
  cachePauseMs: 10_000,
  /**
   * An isolate writes an open decision's hot entry at most this often: at $2 a million commands
   * about a dollar a month.
   */
  cacheHotKeepMs: 5_000,
  /** The room asks a shard again when what it knows of it is older. */
  snapshotFreshMs: 1_000,
  /** A shard that does not answer in this time makes the result older, not late. */
  snapshotDeadlineMs: 2_000,
  /** The regional lists in the database follow an open decision at this distance. */
  projectionDelayMs: 10_000,
  /**
   * What the list of decisions says of an open one follows it by so much: at most one row a minute,
   * 43,200 a month and $0.04 for a decision that is voted in all the time.
   */
  listedResultDelayMs: 60_000,
  /**
   * How turnout grew is kept in so many points, some 55 bytes each: 11 kB in one value. A point is
   * noted at most once a minute, where what is shown has moved.
   */
  turnoutPointsMax: 200,
  turnoutStepMs: 60_000,

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

  /** Deltas that a room keeps for clients that come back: a minute at four a second. */
  deltasKeptMax: 240,
  broadcastDelayMs: 250,
  watchersMax: 10_000,
  /**
   * Of a room's places those of one address: a hall with more has the others poll. Whoever would
   * fill a room needs twenty addresses of IPv4 or networks of 56 bits. A site with a /48 has 256 of
   * those, so this holds back one line, and no site that means it: its watchers fill the room, others
   * poll, and votes don't need a place.
   */
  watchersAClientMax: 500,
  expectedWatchersMax: 10_000,
  /**
   * Up to so many expected watchers an only shard stays in its room: a message to each four times a
   * second, at an estimated 20 µs, is 4 % of the thread that votes need.
   */
  roomWithShardWatchersMax: 500,
  /**
   * Bytes of events that readers were given and have not taken, all event streams of a room
   * together: some fifty states of 1,000 regions on their way at once. A quarter of an object's 128
   * MB.
   */
  streamsHeldBytesMax: 33_554_432,
  /**
   * A reader of an event stream that is told nothing else is told so often that the server is there:
   * one that missed two knows within five seconds that its figures stand still. 10,000 readers take
   * 5,000 chunks a second of 24 bytes, an eighth of what four deltas a second are.
   */
  streamAliveMs: 2_000,
  /** So long a reader may hold an event while others wait: a state of 27 regions at 130 kbit/s. */
  streamHeldMs: 1_000,
  /**
   * Bytes that were sent to the sockets of a room and have not left it: the runtime copies a text
   * for each socket. With the event streams below half of an object's memory.
   */
  socketsOwedBytesMax: 16_777_216,
  /** A socket that owes more waits with its next message: some ten deltas of 27 regions. */
  socketOwedBytesMax: 65_536,
  /** A state of 1,000 regions takes 30 s at 165 kbit/s; who takes longer is mostly gone. */
  socketStuckMsMax: 30_000,

  /**
   * An id is its slug, a hyphen and a mac: 51 + 1 + 12 characters. 48 bits are enough of a mac, since
   * each guess is a request: at 10,000 a second one in 900 years makes an object of nothing.
   */
  decisionSlugCharactersMax: 51,
  decisionIdMacDigits: 12,

  /**
   * Manifests, decisions, results and shard ids that an isolate keeps: about 1 kB each, below 4 MB
   * of its 128.
   */
  isolateDecisionsMax: 1_000,
  /**
   * One with 1,000 regions and a rule of their weights is some 300 kB, so bytes are counted too:
   * manifests, decisions, results and outcomes have 8 MB each. In memory they take about twice what
   * they take in writing, 64 MB in all.
   */
  isolateKindBytesMax: 8_388_608,
  isolateShardsMax: 2_000,
  /**
   * An outcome with 27 regions is about 20 kB, so 200 are 4 MB; one with 1,000 regions is about
   * half a megabyte.
   */
  isolateOutcomesMax: 200,
  /**
   * What is final may be kept by whoever fetched it; an hour bounds how long a mistaken deployment
   * would be remembered.
   */
  finalOutcomeSeconds: 3_600,
  /**
   * A room's long texts are kept in pieces: the platform takes 2 MB a value, ours have at most half
   * of that, and a stored character takes two bytes.
   */
  storedPieceCharacters: 500_000,
  isolateKeysMax: 1_000,

  /**
   * Sockets of a shard to vote over. Whoever finds no place votes with POST. The platform takes
   * 32,768 an object, watchers of a room included; a sleeping one has no part in the object's memory.
   */
  ballotSocketsMax: 16_384,
  /**
   * Votes of a station's socket that are not answered: two full batches, so that one is on its way
   * while the other is counted. Of at most 1.3 kB each, 2.6 MB in the isolate.
   */
  stationVotesUnansweredMax: 2_000,
  /**
   * Calls of shards by all messages of a station's socket: they are subrequests of its upgrade, of
   * which the platform takes 10,000. The other half is for looks at the key.
   */
  stationSocketCallsMax: 5_000,
  /** Votes of all its messages: at an estimated 0.1 ms each, signed, 25 s of the 60 s of `cpu_ms`. */
  stationSocketVotesMax: 250_000,
  /** Of one voter: a device that lost its line and comes back, and another device. */
  ballotSocketsAVoterMax: 4,

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

  /**
   * Half of what Cloudflare documents as the most, in November 2026, for objects and D1 alike: 2 MB a
   * value, row or bound parameter, 100 bound parameters, 100 KB a statement. The local runtime takes
   * more, so tests enforce these.
   */
  platformValueBytesMax: 1_048_576,
  platformParametersMax: 50,
  platformStatementBytesMax: 50_000,
  /** The same of Queues: 128 kB a message, 256 kB a send. */
  platformMessageBytesMax: 64_000,
  platformSendBytesMax: 128_000,
  /** Headers of ballot tokens: one a key and signer, a handful while keys rotate. */
  isolateTokenHeadersMax: 100,
  /** A revoked API key works at most this much longer. */
  apiKeyFreshMs: 30_000,

  /** What Cloudflare takes as one body on every plan; 1,000,000 rows of 40 bytes are 40 MB. */
  rollBytesMax: 100_000_000,
  /**
   * A piece of an upload that goes on after a break: 17 s of a line of 256 kbit/s, and 200 pieces
   * of the largest body. Its rows are one or a few calls of each shard.
   */
  rollPieceBytesMax: 524_288,
  /** All pieces of an upload: 2,000,000 rows of 200 bytes. */
  rollUploadBytesMax: 400_000_000,
  /** One more than the pieces of an upload, were each a row of the longest. */
  rollPiecesMax: 2_000_000,
  /**
   * 2,000,000 voters of 10^12 weigh 2 * 10^18 together, which SQLite's 64 bits hold; they take 14 to
   * 17 s of the Worker's processor time, a third of its `cpu_ms`.
   */
  rollRowsMax: 2_000_000,
  /**
   * A voter_id and a name of 255 characters and a region of 64, each as six characters of JSON, and
   * the names of members: below 3,700.
   */
  rollRowCharactersMax: 4_096,
  /**
   * Bad rows that a report names one by one, about 80 bytes each, and as many rows of voters who
   * are named twice; the counts are exact beyond.
   */
  rollProblemsMax: 1_000,
  /** Of the bad rows what stays with the roll, 5 kB that are read with its decision, */
  rollProblemsKeptMax: 100,
  /** and what its entry in the audit log names, some 600 bytes. */
  rollProblemsAuditedMax: 20,
  /**
   * Rows that wait in the Worker for their batches, and as many again on their way: 128,000 of
   * about 120 bytes are 15 MB of its 128. A batch is full earlier by its bytes.
   */
  rollBufferedRowsMax: 64_000,
  /** Fewer rows a call cost more in calls than in rows; 64 shards of 1,000 are the rows above. */
  rollBatchRowsMin: 1_000,
  /**
   * One call and one bound parameter of a shard, in UTF-8: some 13,000 rows of 40 bytes, or 2,000
   * with a region of 64 characters of three bytes. A quarter of what the platform takes.
   */
  rollBatchBytesMax: 524_288,
  /** Of those so many in the sentence that a person reads. */
  rollTwinsNamedMax: 5,
  /** Columns that a refusal names: 20 of 64 characters each, twice, are some 3 kB. */
  rollColumnsNamedMax: 20,
  rollColumnCharactersMax: 64,
  rollChunkBytes: 65_536,
  /** Rows whose lines are kept together, 12 bytes each: steps of 786 kB up to 24 MB. */
  rollLinesChunkRows: 65_536,
  /** The room is told how far an upload is after so many rows: 200 times in a million. */
  rollNoteRows: 5_000,
  /** Voters of a shard's roll that are hashed at a time: about 200 kB of text. */
  rollHashRows: 4_096,

  /**
   * An organiser's GeoJSON: 100,000 positions of 40 bytes, as many decimals as programs write, are
   * 4 MB. In memory they are some 20 MB, and become a map in about a second of the Worker.
   */
  mapBytesMax: 4_194_304,
  mapPositionsMax: 100_000,
  /** A feature a region, and as many again for regions of several parts. */
  mapFeaturesMax: 2_000,
  /** What is wrong with a map, one by one: 2 kB of a refusal. */
  mapFaultsMax: 20,
  /** A map as it is stored and served: half of one piece, a quarter of what the platform takes. */
  mapCharactersMax: 262_144,
  /** Rings of a stored map, at some 100 characters where each keeps seven positions: 200 kB. */
  mapRingsMax: 2_000,
  /** Of a map's longer side: a hundredth of a pixel where it is 1,000 wide. */
  mapGridSteps: 100_000,
  /**
   * Positions that are compared to find the borders that regions share: the ends of 100,000 stand
   * twice where lines are cut, and to sort those takes 18 turns.
   */
  mapComparisonsMax: 5_000_000,
  /** The same, of what is left out as too small to be seen: a quarter of a pixel. */
  mapPictureSteps: 4_000,
  /** Each turn leaves out a twentieth at the least; 100,000 positions take three. */
  mapTurnsMax: 12,

  /**
   * The longest key of a list is a dead letter's id: a decision's id of 64 characters, a shard, a
   * seq of 16 digits.
   */
  cursorTextCharactersMax: 128,
  pageSizeDefault: 20,
  pageSizeMax: 100,
  /** Ballots of a roll call that are looked at for a page of one region or choice: some 10 ms. */
  filteredBallotsMax: 20_000,
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

  tokenLifetimeSecondsDefault: 7 * 86_400,
  tokenLifetimeSecondsMax: 366 * 86_400,
  /**
   * After the close a token casts nothing. For a day a late repeat still gets its receipt, and a
   * voter may ask whether the vote was counted.
   */
  tokenAfterCloseMs: 86_400_000,

  apiKeysMax: 10_000,

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

  /**
   * Keys for stations that one organiser has issued: 100 halls in each of two decisions, and room.
   * Twenty organisers together leave half of all keys to admins.
   */
  stationKeysAnOwnerMax: 250,
  /** Our own keys have 102 characters; a deployment's first one may be longer. */
  sessionKeyCharactersMax: 512,
  /** A working day with its evening; whoever works longer signs in once more, and goes on. */
  sessionMs: 12 * 3_600_000,
  /**
   * Of one key or login: a few devices and browsers each day. The oldest ends where one more begins.
   */
  sessionsOfKeyMax: 20,
  /** Rows of some 500 bytes: 25 MB of the registry's 10 GB, read one at a time. */
  sessionsMax: 50_000,
  /** Of hexadecimal digits, 32 are 128 bits, which nobody guesses; fewer were typed by a person. */
  adminKeyCharactersMin: 32,

  /** An ID token of a few dozen claims is about 2 kB; headers as a whole may have 16 kB. */
  idTokenCharactersMax: 8_192,
  /** Clocks of issuers are in step to seconds; what the specifications' own examples grant. */
  loginClockToleranceSeconds: 60,
  /**
   * A login is exchanged right after it, by the page that the issuer sends its voter back to; ten
   * minutes are what the specification recommends for what is exchanged once (RFC 6749, 4.1.2).
   */
  loginAgeSecondsMax: 600,
  /** OpenID Connect Core, 2: a `sub` has at most 255 characters. */
  subjectCharactersMax: 255,
  /** As a code verifier (RFC 7636, 4.1): 43 characters are 32 random bytes in base64url. */
  loginSecretCharactersMin: 43,
  loginSecretCharactersMax: 128,
  /**
   * A ballot token from a login is asked for when it is needed, so an hour, as ID tokens themselves
   * have, is enough.
   */
  loginTokenLifetimeSeconds: 3_600,
  /** A login is as good as a receipt's proof for as long as a voter needs to find the way back. */
  freshLoginSeconds: 900,
  claimNameCharactersMax: 255,
  /** A group's name, or a mail address. */
  claimValueCharactersMax: 320,
  /** A council has a login of its own, an association one for each member. */
  staffProvidersMax: 20,
  /** A rule for each office and role. */
  staffRulesMax: 100,
  /** Ten minutes to find one's password and second factor; a code itself is good for one. */
  staffLoginMs: 600_000,
  /** Where in the app somebody goes on after a login: a path with its query. */
  returnToCharactersMax: 512,
  /** Issuers publish two to six keys of about 500 bytes, some with certificates of 2 kB each. */
  jwksBytesMax: 65_536,
  jwksKeysMax: 100,
  jwksAnswerMsMax: 3_000,
  /**
   * A key that an issuer took back is good for at most ten minutes more, or an hour while the
   * issuer does not answer.
   */
  jwksFreshMs: 600_000,
  jwksStaleMsMax: 3_600_000,
  /**
   * An unknown kid, or an issuer that failed, is asked about at most twice a minute by an isolate:
   * what rotated in between waits so long.
   */
  jwksAskAgainMs: 30_000,
  /** Requests that an isolate sends an issuer at once, before it has its first keys. */
  jwksRequestsMax: 16,

  /** A Turnstile token has at most so many (developers.cloudflare.com/turnstile). */
  turnstileTokenCharactersMax: 2_048,
  /** The secret keys of widgets have 35. */
  turnstileSecretCharactersMax: 256,
  /** Cloudflare's own service: a fraction of a second, or it is away. */
  turnstileAnswerMsMax: 3_000,
  /** An answer is about 300 bytes, with 255 characters of `cdata` at most 2 kB. */
  turnstileAnswerBytesMax: 8_192,
  /** An isolate tells of an outage so often. */
  turnstileReportMs: 60_000,

  /** A call of the client: five tries, 0.2 to 5 s apart, bridge the restart of an object. */
  clientTriesMax: 5,
  clientRetryMsFirst: 200,
  clientRetryMsMax: 5_000,
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

  /**
   * A request to the gateway: 100 records of 60 kB, what a shard publishes at once, are 6 MB;
   * brokers take 1 MB a batch by default.
   */
  gatewayBodyBytesMax: 8_388_608,
  /**
   * Bodies under way, as text and then as records: with 64 MiB the process stays below half a
   * gigabyte.
   */
  gatewayBytesUnderWayMax: 67_108_864,
  /** Each consumer instance may wait in one; the rest are answered in milliseconds. */
  gatewayRequestsMax: 1_000,
  gatewayProduceRecordsMax: 10_000,
  gatewayTopicsMax: 100,
  gatewayPartitionsMax: 1_000,
  /**
   * An answer of 2 MiB holds about 90 records of 23 kB, 45,000 ballots: no object has trouble with
   * that in memory.
   */
  gatewayConsumeBytesMax: 2_097_152,
  gatewayPartitionBytesMax: 1_048_576,
  gatewayConsumeRecordsMax: 1_000,
  gatewayConsumeWaitMsDefault: 1_000,
  gatewayConsumeWaitMsMax: 30_000,
  /** Asking again, where waiting at one broker would keep the others waiting. */
  gatewayPollMs: 50,
  /** Two connections an instance; 256 are far more than the partitions of a topic. */
  gatewayConsumersMax: 256,
  /**
   * An instance that nobody polls for this long gives its partitions to others; Kafka's own client
   * waits 300 s.
   */
  gatewayConsumerIdleMsMax: 120_000,
  gatewayIdleSweepMs: 5_000,
  /** Rebalances can meet one another once for each member that comes or goes. */
  gatewayGroupTriesMax: 5,
  /** A member may miss two heartbeats of three. */
  gatewayHeartbeatsASession: 3,
  gatewayConnectMsMax: 2_000,
  gatewayBrokerAnswerMsMax: 5_000,
  /** Longer than a broker's own time for one answer, shorter than what a shard waits. */
  gatewayProduceMsMax: 8_000,
  /**
   * One command of Redis takes microseconds; a caller that reads a cache has given up long before.
   */
  gatewayRedisMsMax: 2_000,
  /** A look at Kafka and Redis before metrics are told without it: Prometheus waits ten seconds. */
  gatewayMetricsLookMsMax: 5_000,
  /**
   * Commands that wait for their turn on the connection: at 100,000 a second a tenth of a second.
   */
  gatewayRedisQueueMax: 10_000,
  gatewayCommandsMax: 1_000,
  gatewayCommandPartsMax: 10_000,
  gatewayReconnectMsMax: 2_000,
  /**
   * Docker and Kubernetes wait 10 s and 30 s after SIGTERM; both halves of a stop fit the first.
   */
  gatewayStopMsMax: 4_500,
  gatewayLogLineMs: 10_000,

  /**
   * Spans that one trace begins in one place: opening 64 shards is some 130, a publication's portion
   * 200.
   */
  traceSpansMax: 500,
  /** Requests that a record of rehearsed votes points to: two of its records, at 110 bytes 110 kB. */
  spanLinksMax: 1_000,
  /** Rehearsed votes whose requests a shard remembers until their record is sent: about 2 MB. */
  rehearsedVotesMax: 10_000,
  /** Traces that one delivery of texts goes on with: at 1 % sampled, ten of a queue's 1,000. */
  deliveryTracesMax: 16,
  /** For how long spans are gathered into a request. */
  spansGatherMs: 1_000,
  /** A collector is near, or it is late. */
  spansSendMsMax: 5_000,
  /**
   * For how long one event sends spans, before its last request: the platform ends what runs 30 s
   * after an answer, and gives each 50 requests at least.
   */
  spansTurnMs: 15_000,
  /**
   * A span is 400 to 700 bytes, so that 512 are a request of some 300 kB; one of 1,000 links is sent
   * by itself.
   */
  spansARequestMax: 512,
  spansRequestCharactersMax: 524_288,
  /** What waits in an isolate of 128 MB while a collector is slow; the rest is dropped. */
  spansWaitingMax: 4_096,
  spansWaitingCharactersMax: 4_194_304,
  /** How often it is logged that spans are dropped. */
  spansDroppedTellMs: 60_000,

  /**
   * What is measured is handed on this often: a counter that moved with each vote would tell its
   * time. 64 shards and 40 isolates make ten calls a second of the one collector.
   */
  metricsFlushMs: 10_000,
  /** Series that votes move are shown when this many more have come, as releases of figures are. */
  metricsHeldBack: 10,
  /** 80 routes with 3 methods and 4 classes of status, and the rest; of 200 bytes each. */
  metricsSeriesAnIsolate: 1_000,
  metricsSeriesMax: 4_000,
  /** Isolates whose gauges are kept; a quiet room says for ten minutes that it is watched. */
  metricsSourcesMax: 2_000,
  metricsGaugeMs: 600_000,
  /** For how long the worst that was measured stands. */
  metricsWorstMs: 60_000,
  /** Analytics Engine takes 250 data points an invocation. */
  analyticsPointsMax: 200,
} as const;
