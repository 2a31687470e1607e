import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  between,
  cutEntries,
  decodeEntries,
  encodeEntries,
  mergeEntries,
  seqsOf,
  toEntries,
  type IndexEntries,
} from "../../../../durable-objects/ballot-shard/index-entries.ts";

type Pair = [bucket: number, seq: number];

/** Few buckets, so that many hold several ballots; seqs beyond 32 bits too. */
const pairArbitrary: fc.Arbitrary<Pair> = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(2 ** 30 - 1)),
  fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(2 ** 32 + 1, 2 ** 53 - 1)),
);
const pairsArbitrary = fc.uniqueArray(pairArbitrary, { maxLength: 40, selector: String });

function pairsOf({ buckets, seqs }: IndexEntries): Pair[] {
  return [...buckets].map((bucket, at) => [bucket, seqs[at] ?? Number.NaN]);
}

function sorted(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function entriesOf(pairs: readonly Pair[]): IndexEntries {
  const seqs = new Map<number, number[]>();
  for (const [bucket, seq] of pairs) seqs.set(bucket, [...(seqs.get(bucket) ?? []), seq]);
  return toEntries(seqs);
}

describe("entries of the voter index", () => {
  it("are in order, and the same after they were one value", () => {
    fc.assert(
      fc.property(pairsArbitrary, (pairs) => {
        const entries = entriesOf(pairs);
        expect(pairsOf(entries)).toEqual(sorted(pairs));
        expect(pairsOf(decodeEntries(encodeEntries(entries)))).toEqual(sorted(pairs));
      }),
    );
  });

  it("tell all seqs of a bucket, and of no other", () => {
    fc.assert(
      fc.property(pairsArbitrary, pairArbitrary, (pairs, [bucket]) => {
        const own = sorted(pairs).filter((pair) => pair[0] === bucket);
        expect([...seqsOf(entriesOf(pairs), bucket)]).toEqual(own.map(([, seq]) => seq));
      }),
    );
  });

  it("are merged into what either has, each once", () => {
    fc.assert(
      fc.property(pairsArbitrary, pairsArbitrary, (some, others) => {
        const union = new Map([...some, ...others].map((pair) => [String(pair), pair]));
        const merged = mergeEntries(entriesOf(some), entriesOf(others));
        expect(pairsOf(merged)).toEqual(sorted([...union.values()]));
      }),
    );
  });

  it("are cut into pieces that keep a bucket together and are no larger than they must be", () => {
    fc.assert(
      fc.property(pairsArbitrary, fc.integer({ min: 1, max: 12 }), (pairs, max) => {
        const pieces = cutEntries(entriesOf(pairs), max).map(pairsOf);
        expect(pieces.flat()).toEqual(sorted(pairs));
        for (const piece of pieces) {
          const lastBucket = piece.at(-1)?.[0];
          const beforeLast = piece.filter(([bucket]) => bucket !== lastBucket);
          expect(beforeLast.length).toBeLessThan(max);
        }
        const buckets = pieces.map((piece) => new Set(piece.map(([bucket]) => bucket)));
        const together = new Set(pairs.map(([bucket]) => bucket)).size;
        expect(buckets.reduce((sum, { size }) => sum + size, 0)).toBe(together);
      }),
    );
  });

  it("are those between two buckets, without the second", () => {
    const entries = entriesOf([
      [3, 1],
      [4, 2],
      [4, 3],
      [5, 4],
    ]);
    expect(pairsOf(between(entries, 4, 5))).toEqual([
      [4, 2],
      [4, 3],
    ]);
    expect(pairsOf(between(entries, 0, 2 ** 30))).toEqual(pairsOf(entries));
    expect(pairsOf(between(entries, 6, 9))).toEqual([]);
  });
});
