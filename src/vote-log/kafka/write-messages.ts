import type { Message } from "@upstash/kafka";
import type { DeadLetterStore } from "../../database/database.ts";
import { readDeadLetter } from "../dead-letter.ts";
import { packBySize } from "../pack-by-size.ts";
import { writeRecords, type WriterDeps } from "../vote-writer.ts";

/**
 * Writes what a member of the group was given: records of votes into the database, and dead letters, which were durable in their topic
 * before a vote's offset moved, into the table where operators find them.
 * @throws whatever the database throws in an outage: then no offset may move.
 */
export async function writeMessages(
  deps: WriterDeps & { store: DeadLetterStore },
  deadLettersTopic: string,
  messages: readonly Message[],
): Promise<void> {
  const isLetter = ({ topic }: Message): boolean => topic === deadLettersTopic;
  const letters = messages.filter(isLetter).map(({ value }) => value);
  const votes = messages.filter((message) => !isLetter(message)).map(({ value }) => value);
  if (votes.length > 0) await writeRecords(deps, votes);
  for (const texts of packBySize(letters)) {
    const read = texts.map((text) => readDeadLetter(text, deps.now(), deps.digest));
    await deps.store.keepDeadLetters(newestOfEach(read));
  }
}

/** One statement can't touch a row twice in every database. */
function newestOfEach<Letter extends { place: string }>(letters: readonly Letter[]): Letter[] {
  return [...new Map(letters.map((letter) => [letter.place, letter])).values()];
}
