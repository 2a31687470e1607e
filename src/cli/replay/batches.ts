import type { FileVote } from "./file-votes.ts";
import type { GroupBuffer, Parcel } from "./group-buffer.ts";

/** Turns the rows of a file into parcels, reading only as fast as they are taken. */
export async function* parcelsOf(
  votes: AsyncIterable<FileVote>,
  buffer: GroupBuffer,
): AsyncGenerator<Parcel> {
  for await (const vote of votes) {
    const parcel = buffer.add(vote);
    if (parcel !== null) yield parcel;
  }
}
