import type { DeadLetter } from "../database/database.ts";
import type { DeadLetters, VoteLog } from "./vote-log.ts";
import { encodeRecord, type VoteRecord } from "./vote-record.ts";

/**
 * A log that lives as long as the process: for tests and simulations. Keeps the encoded records, so
 * that the codec is on the way.
 */
export function memoryVoteLog(): VoteLog & { records: string[] } {
  const records: string[] = [];
  return {
    records,
    async publish(published: readonly VoteRecord[]) {
      records.push(...published.map(encodeRecord));
    },
  };
}

/** Dead letters that live as long as the process. */
export function memoryDeadLetters(): DeadLetters & { kept: DeadLetter[] } {
  const kept: DeadLetter[] = [];
  return {
    kept,
    async put(added) {
      for (const deadLetter of added) {
        const known = kept.findIndex((other) => other.id === deadLetter.id);
        if (known === -1) kept.push(deadLetter);
        else kept[known] = deadLetter;
      }
    },
  };
}
