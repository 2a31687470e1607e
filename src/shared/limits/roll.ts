/** Rolls, maps, and the links and letters of their voters. */
export const rollLimits = {
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
  /**
   * Regions and weights that a shard tells of its part of a roll, at 300 bytes 300 kB. A roll of
   * more has voters who share their weight with nobody.
   */
  rollCellsMax: 1_000,

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
   * 17 s of the Worker's processor time, a third of its `cpu_ms`; where they are placed by region the
   * search for twins takes up to 6 s more.
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
  /**
   * Voters of one group of regions that are sought in others at a time: 5,000 pids are 125 kB. Of
   * the largest roll that is 450 calls with 2 groups of 32 shards, and 2,350 with 10 of 64 shards.
   */
  rollComparedVoters: 5_000,
  /** Shards whose voters are sought at once, each in nine groups at most: 4.5 MB of pids. */
  rollComparedShards: 4,
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
} as const;
