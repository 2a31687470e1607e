/** Results: what is shown, kept in memory and told to watchers. */
export const resultLimits = {
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
   * Reports of all shards to their room, four a second: a room reads them at some 20 MB a second.
   * Above this they come once a second: 64 shards in each of which all of 1,000 regions change are
   * 4 MB a second then.
   */
  reportBytesASecondMax: 1_000_000,
  reportDelayMsMax: 1_000,
  /** What a region takes of a report, where all of its three choices have changed. */
  reportRegionBytes: 64,
  /**
   * Tallies that a shard keeps to tell changes from: what it last reported, what it last answered,
   * and two that are on their way. They share what did not change.
   */
  reportBasesMax: 4,
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

  /** Deltas that a room keeps for clients that come back: a minute at four a second. */
  deltasKeptMax: 240,
  broadcastDelayMs: 250,
  /**
   * A message to a watcher takes some 50 µs: broadcasts this far apart leave half of the thread to
   * everything else. Above 2,500 watchers they are fewer than four a second, with 10,000 one.
   */
  broadcastMsAWatcher: 0.1,
  /**
   * Before each, a watched room asks the shards of which it knows nothing as new as this, and waits
   * so long for their answers: 64 shards are 256 calls a second, a quarter of what an object takes.
   */
  broadcastFreshMs: 50,
  broadcastWaitMs: 50,
  /** After so long without a message to any socket, what each knows is kept with it. */
  attachmentQuietMs: 1_000,
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
   * second, at some 50 µs, is a tenth of the thread that votes need.
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
   * 5,000 chunks a second of 24 bytes, half as many as the deltas of one a second.
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
} as const;
