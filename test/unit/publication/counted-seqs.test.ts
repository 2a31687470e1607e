import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedSeqs, type SeenBallot } from "../../../src/publication/counted-seqs.ts";

const pidOf = (voter: number): string =>
  `${"abcdefghijklmnopqrst".charAt(voter % 20)}-${voter}-pid`;

describe("which ballots count", () => {
  it("is the newest of each voter that is no withdrawal, however few voters fit at a time", () => {
    const casts = fc.array(
      fc.record({
        voter: fc.integer({ min: 0, max: 12 }),
        choice: fc.constantFrom("yes" as const, "no" as const, "withdrawn" as const),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(casts, fc.integer({ min: 1, max: 20 }), (made, votersMax) => {
        const seen = new Set<number>();
        const ballots = made.map(({ voter, choice }, index): SeenBallot => {
          const isFirst = !seen.has(voter);
          seen.add(voter);
          return { seq: index + 1, pid: pidOf(voter), choice, isFirst };
        });
        const newest = new Map(ballots.map((ballot) => [ballot.pid, ballot]));
        const expected = [...newest.values()].filter(({ choice }) => choice !== "withdrawn");
        const log = { last: ballots.length, read: () => ballots.toReversed() };
        const counted = countedSeqs(log, votersMax);
        const found = ballots.filter(({ seq }) => counted.has(seq));
        expect(found.map(({ seq }) => seq)).toEqual(
          expected.map(({ seq }) => seq).toSorted((a, b) => a - b),
        );
      }),
    );
  });
});
