import type { BallotCursor, Page, ShardBallot } from "../../database/database.ts";

/**
 * How many ballots each shard of a settled decision has, by the shard's number: the last seqs of
 * its seals. Seqs have no gaps, so they say of every ballot which one follows.
 */
export type SealedSeqs = readonly number[];

/** Where a page is not what the record has there: the ballot that is due, and the one found. */
export type Gap = { due: BallotCursor | null; found: BallotCursor | null };

/** The first place where a page after a ballot is not the record's; null where it is whole. */
export function findGap(
  sealed: SealedSeqs,
  after: BallotCursor | null,
  { items, next }: Page<Pick<ShardBallot, "shard" | "seq">, BallotCursor>,
): Gap | null {
  let due = ballotAfter(sealed, after);
  for (const { shard, seq } of items) {
    if (due?.shard !== shard || due.seq !== seq) return { due, found: { shard, seq } };
    due = ballotAfter(sealed, due);
  }
  return (due === null) === (next === null) ? null : { due, found: null };
}

/** The ballot that follows another in the order of shard and seq, or the first; null after the last. */
function ballotAfter(sealed: SealedSeqs, after: BallotCursor | null): BallotCursor | null {
  const { shard: from, seq } = after ?? { shard: 0, seq: 0 };
  if (seq < (sealed[from] ?? 0)) return { shard: from, seq: seq + 1 };
  const shard = sealed.findIndex((ballots, index) => index > from && ballots > 0);
  return shard === -1 ? null : { shard, seq: 1 };
}
