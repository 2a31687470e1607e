import type { BallotCursor, BallotSpan } from "../../src/database/database.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";

/** Up to which seq the database has said that it holds a shard's ballots. */
export type ConfirmedShard = { shard: number; confirmedSeq: number };

/** What a check counts, and the ballot behind which the next one goes on. */
export type CheckedSpans = { spans: BallotSpan[]; next: BallotCursor };

/**
 * The next `rowsMax` of the confirmed ballots behind a ballot, shard by shard and round again from
 * the first, but none of them twice.
 * @param confirmed the decision's shards in their order
 */
export function spansBehind(
  confirmed: readonly ConfirmedShard[],
  from: BallotCursor,
  rowsMax: number,
): CheckedSpans {
  const start = Math.max(
    0,
    confirmed.findIndex(({ shard }) => shard === from.shard),
  );
  const first = confirmed[start];
  if (first === undefined) return { spans: [], next: { shard: 0, seq: 0 } };
  const seq = Math.min(from.seq, first.confirmedSeq);
  // Once round: the rest of the first shard, all others, and what the first has before.
  const rest = [...confirmed.slice(start + 1), ...confirmed.slice(0, start)];
  const parts = [
    { shard: first.shard, afterSeq: seq, untilSeq: first.confirmedSeq },
    ...rest.map(({ shard, confirmedSeq }) => ({ shard, afterSeq: 0, untilSeq: confirmedSeq })),
    { shard: first.shard, afterSeq: 0, untilSeq: seq },
  ];
  const spans: BallotSpan[] = [];
  let left = rowsMax;
  for (const { shard, afterSeq, untilSeq } of parts) {
    const rows = Math.min(left, untilSeq - afterSeq);
    if (rows > 0) spans.push({ shard, afterSeq, untilSeq: afterSeq + rows });
    left -= rows;
  }
  const last = spans.at(-1);
  return { spans, next: last === undefined ? from : { shard: last.shard, seq: last.untilSeq } };
}

/** Where no ballot can be: behind the seals of shards that were sealed. */
export function spansBehindSeals(
  shards: readonly Pick<ShardSnapshot, "shard" | "seq" | "isSealed">[],
): BallotSpan[] {
  return shards
    .filter(({ isSealed }) => isSealed)
    .map(({ shard, seq }) => ({ shard, afterSeq: seq, untilSeq: Number.MAX_SAFE_INTEGER }));
}

/** How many ballots spans have. */
export function ballotsOf(spans: readonly BallotSpan[]): number {
  return spans.reduce((sum, { afterSeq, untilSeq }) => sum + untilSeq - afterSeq, 0);
}
