import { invariant } from "../shared/invariant.ts";
import type { Ballot } from "./ballot.ts";
import type { ShardState } from "./cast-many.ts";
import { moveTally, type Countable } from "./tally.ts";

/** A ballot with the counted ballot of its voter that it replaced, or null where it was the first. */
export type LoggedBallot = { ballot: Ballot; replaced: Countable | null };

/** The state of a shard after the ballots that follow this older one, in seq order. */
export function stateAfter(older: ShardState, logged: Iterable<LoggedBallot>): ShardState {
  const added: Ballot[] = [];
  const removed: Countable[] = [];
  for (const { ballot, replaced } of logged) {
    added.push(ballot);
    invariant(ballot.seq === older.seq + added.length, "a log has no gap");
    if (replaced !== null) removed.push(replaced);
  }
  if (added.length === 0) return older;
  return { seq: older.seq + added.length, tally: moveTally(older.tally, added, removed) };
}
