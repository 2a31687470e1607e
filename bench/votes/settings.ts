/** How long and how large the phases are. */
export type BenchSettings = {
  warmUpMs: number;
  /**
   * One round of a closed loop; the rounds of what is compared take turns, so that a noisy machine
   * disturbs them alike.
   */
  roundMs: number;
  rounds: number;
  echoMs: number;
  openLoopMs: number;
  bulkBatches: number;
  smallShardBallots: number;
  largeShardBallots: number;
};

export const fullSettings: BenchSettings = {
  warmUpMs: 1_000,
  roundMs: 6_000,
  rounds: 3,
  echoMs: 3_000,
  openLoopMs: 8_000,
  bulkBatches: 2_000,
  smallShardBallots: 1_000,
  largeShardBallots: 1_000_000,
};

/** Enough to see that everything works, about a minute; too short for figures to quote. */
export const quickSettings: BenchSettings = {
  warmUpMs: 500,
  roundMs: 2_000,
  rounds: 1,
  echoMs: 1_000,
  openLoopMs: 2_000,
  bulkBatches: 400,
  smallShardBallots: 1_000,
  largeShardBallots: 50_000,
};

/**
 * The load every rate is measured at: enough requests at a time to fill a commit, few enough for a
 * browser's worth of patience.
 */
export const closedLoopConnections = 64;
/**
 * At 4,000 requests a second, 256 connections hold a stall of 64 ms; beyond it requests wait in the
 * generator, clock running.
 */
export const openLoopConnections = 256;
export const bulkConnections = 8;
export const bulkVotesEach = 250;
export const fillConnections = 4;
export const fillVotesEach = 1_000;

export const openLoopShares = [0.2, 0.4, 0.6, 0.7, 0.8, 0.9];

export const goals = {
  singleVotesOfEcho: 0.3,
  shareOfHeldRate: 0.7,
  p99Ms: 100,
  bulkVotesPerSecond: 50_000,
  stationVotesOfEcho: 0.9,
  readsOfEcho: 0.9,
  stationBulkVotesPerSecond: 60_000,
  rollRowsPerSecond: 50_000,
  rollOpenMs: 5_000,
  shardBytesMax: 128 * 1_024 * 1_024,
};

/**
 * All objects of one local process share one thread, so here more shards only mean more and smaller
 * commits; on the platform each has its own.
 */
export const shardsDefault = 1;
