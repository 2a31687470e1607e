import { UsageError } from "../command-line/usage-error.ts";
import type { FileVote } from "./file-votes.ts";

/**
 * How many rows every roll call has, in the order in which they first appear, and how many rows
 * that is.
 */
export type FirstPass = { rowsOf: ReadonlyMap<string, number>; rows: number };

/**
 * Reads a file of votes once before anything is sent. It costs seconds and buys three things: a
 * broken file is refused whole, the remaining time can be shown, and a decision is known to be
 * complete once its last row is read, so that it can be sent, closed and compared while its objects
 * are warm, and its rows dropped from memory.
 */
export async function readFirstPass(
  votes: AsyncIterable<FileVote>,
  questions: ReadonlyMap<string, unknown>,
  decisionsMax: number,
): Promise<FirstPass> {
  const rowsOf = new Map<string, number>();
  let rows = 0;
  for await (const { rollCall } of votes) {
    const before = rowsOf.get(rollCall);
    if (before === undefined && rowsOf.size === decisionsMax) continue;
    if (before === undefined && !questions.has(rollCall))
      throw new UsageError(
        `the votes name roll call "${rollCall}", the list of roll calls does not`,
      );
    rowsOf.set(rollCall, (before ?? 0) + 1);
    rows += 1;
  }
  return { rowsOf, rows };
}
