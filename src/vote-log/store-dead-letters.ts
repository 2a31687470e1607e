import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import { readDeadLetter } from "./dead-letter.ts";
import { packBySize } from "./pack-by-size.ts";

/** The part of the database that keeps dead letters. */
export type LetterKeeper = Pick<DeadLetterStore, "keepDeadLetters">;

/** Puts delivered dead letters, which are durable in their log, where operators find them. @throws what the store throws in an outage. */
export async function keepLetters(store: LetterKeeper, texts: readonly string[]): Promise<void> {
  for (const some of packBySize(texts)) {
    const letters = some.flatMap((text) => readDeadLetter(text) ?? []);
    await store.keepDeadLetters(newestOfEach(letters));
  }
}

/** One statement can't touch a row twice in every database. */
function newestOfEach(letters: readonly DeadLetter[]): DeadLetter[] {
  const byTime = letters.toSorted((a, b) => a.at - b.at);
  return [...new Map(byTime.map((letter) => [letter.place, letter])).values()];
}
