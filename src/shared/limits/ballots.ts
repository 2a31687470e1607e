/** Votes, and the shards that keep them. */
export const ballotLimits = {
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
  batchVotesMax: 1_000,
  /**
   * Voters of one part of a marked register: 2,000 voter_ids of 255 characters, 4 bytes each at
   * worst, are as large as a batch. A million voters are 500 entries of the audit log.
   */
  registerVotersMax: 2_000,

  voterIdCharactersMax: 255,
  /**
   * One shard holds a few hundred writes a second, so 64 hold 10,000 a second with room to spare.
   */
  shardsMax: 64,
  /**
   * Groups of regions with shards of their own: as many as there are location hints. A vote with a
   * wrong hint asks the roll of a shard of each.
   */
  shardGroupsMax: 9,
  /** Faults of a draft's placement that a refusal names: 1,000 regions in 9 groups may have 8,000. */
  placementFaultsTold: 20,
  /**
   * What the platform says an object takes a second, and what a shard is planned for: some hundreds
   * where each writes.
   */
  objectRequestsASecondMax: 1_000,
  shardVotesASecondPlanned: 250,
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
  /** A call with as many as share a commit at 156 votes a second has gathered them already. */
  commitCallBallotsEnough: 4,
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
  /** What Cloudflare gives a D1 database on a paid plan, and from when on readiness warns of it. */
  d1BytesMax: 10_000_000_000,
  d1WarningPercents: [50, 80],

  /**
   * Sockets of a shard to vote over. Whoever finds no place votes with POST. The platform takes
   * 32,768 an object, watchers of a room included; a sleeping one has no part in the object's memory,
   * and those of an object that is awake some 8 MB.
   */
  ballotSocketsMax: 16_384,
  /**
   * Votes of a station's socket that are not answered: two full batches, so that one is on its way
   * while the other is counted. Of at most 1.3 kB each, 2.6 MB in the isolate.
   */
  stationVotesUnansweredMax: 2_000,
  /**
   * What a station's votes wait at most for the cast before them to return: as long as a vote may
   * wait in its shard. So many wait for nothing, and so many go together at most: a row of the log.
   */
  gatherWaitMsMax: 20,
  gatheredVotesEnough: 64,
  gatheredVotesMax: 256,
  /**
   * Calls of shards by all messages of a station's socket: they are subrequests of its upgrade, of
   * which the platform takes 10,000. The other half is for looks at the key.
   */
  stationSocketCallsMax: 5_000,
  /** Votes of all its messages: at an estimated 0.1 ms each, signed, 25 s of the 60 s of `cpu_ms`. */
  stationSocketVotesMax: 250_000,
  /** Of one voter: a device that lost its line and comes back, and another device. */
  ballotSocketsAVoterMax: 4,
} as const;
