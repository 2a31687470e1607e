import type { DeadLetter } from "../database/database.ts";
import { limits } from "../shared/limits.ts";
import { deadLetterOfUnreadable } from "../vote-log/dead-letter.ts";
import type { DeadLetters } from "../vote-log/vote-log.ts";
import { applyChanges, type ChangeDependencies, type UnappliedChange } from "./apply-changes.ts";
import type { SearchChange } from "./search-change.ts";

/** A change as its feed delivered it, and how often it did. */
export interface DeliveredChange {
  text: string;
  change: SearchChange;
  tries: number;
}

export type ChangeConsumerDependencies = ChangeDependencies & {
  deadLetters: DeadLetters;
  /** Hears of each dead letter once it is durable, to log it. */
  onDeadLetter: (deadLetter: DeadLetter) => void;
  now: () => number;
  digest: (text: string) => string;
};

/**
 * Applies delivered changes and gives those that are to come again. All others are in the index, or
 * durable as dead letters: what the index refuses, and what could not be read of the record again
 * and again.
 * @throws {SearchUnavailable} then all are to come again
 */
export async function consumeChanges(
  deps: ChangeConsumerDependencies,
  delivered: readonly DeliveredChange[],
): Promise<readonly DeliveredChange[]> {
  const unapplied = await applyChanges(
    deps,
    delivered.map(({ change }) => change),
  );
  const causes = new Map(unapplied.map((each) => [keyOf(each.change), each]));
  const met = delivered.flatMap((each) => {
    const cause = causes.get(keyOf(each.change));
    return cause === undefined ? [] : [{ ...each, ...cause }];
  });
  const now = deps.now();
  const givenUp = met.filter((each) => isGivenUp(each, now));
  await putDeadLetters(deps, givenUp);
  return met.filter((each) => !isGivenUp(each, now));
}

type UnappliedDelivery = DeliveredChange & UnappliedChange;

/** Tries alone say little: those of an index that was away count, too. */
function isGivenUp({ reason, tries, change }: UnappliedDelivery, now: number): boolean {
  const isOld = now - change.at >= limits.searchReadGivenUpMs;
  return reason === "refused" || (isOld && tries >= limits.searchReadTriesMax);
}

async function putDeadLetters(
  { deadLetters, onDeadLetter, now, digest }: ChangeConsumerDependencies,
  givenUp: readonly UnappliedDelivery[],
): Promise<void> {
  if (givenUp.length === 0) return;
  const made = givenUp.map(({ text, cause, tries }) =>
    deadLetterOfUnreadable(text, { cause, retries: tries - 1, at: now() }, digest),
  );
  await deadLetters.put(made);
  for (const each of made) onDeadLetter(each);
}

/** Two changes with the same key are one, whenever they were told. */
function keyOf(change: SearchChange): string {
  if (change.kind === "tick") return change.kind;
  const page = change.kind === "ballots" ? change.page : 0;
  return `${change.decisionId}:${page}`;
}
