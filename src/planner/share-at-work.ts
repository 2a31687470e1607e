import { limits } from "../shared/limits.ts";

/**
 * Assumed: the platform keeps an object in memory, and bills it, for ten seconds after its last work,
 * which is to hand on what was measured of a vote.
 */
const awakeAfterVoteMs = limits.metricsFlushMs + 10_000;

/** The share of time that an object is billed which so many votes a second come to by chance. */
export function shareAtWork(votesPerSecond: number): number {
  return shareWithVote(votesPerSecond, awakeAfterVoteMs);
}

/** How many steps of so many ms there are a second in which one vote came at least. */
export function stepsASecond(stepMs: number, votesPerSecond: number): number {
  return (1_000 / stepMs) * shareWithVote(votesPerSecond, stepMs);
}

function shareWithVote(votesPerSecond: number, ms: number): number {
  return 1 - Math.exp((-votesPerSecond * ms) / 1_000);
}
