import type { FileVote } from "./file-votes.ts";
import type { GroupBuffer, ReplayBatch } from "./group-buffer.ts";

/** Turns the rows of a file into batches, reading only as fast as they are taken. */
export async function* batchesOf(
  votes: AsyncIterable<FileVote>,
  buffer: GroupBuffer,
): AsyncGenerator<ReplayBatch> {
  for await (const vote of votes) {
    const batch = buffer.add(vote);
    if (batch !== null) yield batch;
  }
}
