import type { Ballot } from "./ballot.ts";
import { moveTally, type Tally } from "./tally.ts";

/**
 * Counts the newest ballot of every pid, where that is no withdrawal, from ballots in seq order:
 * what any tally must equal, always.
 */
export function recount(ballots: Iterable<Ballot>): Tally {
  const counted = new Map<string, Ballot>();
  for (const ballot of ballots) counted.set(ballot.pid, ballot);
  return moveTally(new Map(), [...counted.values()], []);
}
