import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import { decodeDeadLetter } from "./dead-letter.ts";
import { packBySize } from "./pack-by-size.ts";

/** The part of the database that keeps dead letters. */
export type DeadLetterKeeper = Pick<DeadLetterStore, "keepDeadLetters">;

/**
 * Puts delivered dead letters, which are durable in their log, where operators find them. @throws
 * what the store throws in an outage.
 */
export async function storeDeadLetters(
  store: DeadLetterKeeper,
  texts: readonly string[],
): Promise<void> {
  for (const some of packBySize(texts)) {
    const deadLetters = some.flatMap((text) => decodeDeadLetter(text) ?? []);
    await store.keepDeadLetters(newestOfEach(deadLetters));
  }
}

/** One statement can't touch a row twice in every database. */
function newestOfEach(deadLetters: readonly DeadLetter[]): DeadLetter[] {
  const byTime = deadLetters.toSorted((a, b) => a.at - b.at);
  return [...new Map(byTime.map((deadLetter) => [deadLetter.id, deadLetter])).values()];
}
