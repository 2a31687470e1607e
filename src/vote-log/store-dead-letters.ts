import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import { encodeDeadLetter } from "./dead-letter.ts";
import { packBySize } from "./pack-by-size.ts";

/** The part of the database that keeps dead letters. */
export type DeadLetterKeeper = Pick<DeadLetterStore, "keepDeadLetters">;

/**
 * Puts delivered dead letters, which are durable in their log, where operators find them. @throws
 * what the store throws in an outage.
 */
export async function storeDeadLetters(
  store: DeadLetterKeeper,
  deadLetters: readonly DeadLetter[],
): Promise<void> {
  const texts = new Map(newestOfEach(deadLetters).map((each) => [encodeDeadLetter(each), each]));
  for (const some of packBySize([...texts.keys()])) {
    await store.keepDeadLetters(some.flatMap((text) => texts.get(text) ?? []));
  }
}

/** One statement can't touch a row twice in every database. */
function newestOfEach(deadLetters: readonly DeadLetter[]): DeadLetter[] {
  const byTime = deadLetters.toSorted((a, b) => a.at - b.at);
  return [...new Map(byTime.map((deadLetter) => [deadLetter.id, deadLetter])).values()];
}
