import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  shownChoices,
  countsOf,
  layoutBar,
  sliverUnits,
  trackUnits,
} from "../../../../src/web/results/tally-bars.ts";
import { tallyOf } from "./tallies.ts";

const anyCounts = fc
  .tuple(fc.bigInt(0n, 10n ** 24n), fc.bigInt(0n, 10n ** 24n), fc.bigInt(0n, 10n ** 24n))
  .map(([yes, no, abstain]) => ({ yes, no, abstain, all: yes + no + abstain }));

/** Counts that differ little beside ones that differ much, where rounding could turn an order around. */
const closeCounts = fc
  .tuple(fc.bigInt(0n, 5_050n), fc.bigInt(4_950n, 5_050n), fc.bigInt(0n, 90n))
  .map(([yes, no, abstain]) => ({ yes, no, abstain, all: yes + no + abstain }));

const lengthOf = (widths: Record<"yes" | "no" | "abstain", number>) =>
  shownChoices.reduce((sum, choice) => sum + widths[choice], 0);

describe("the layout of a bar", () => {
  test("a full bar's segments add up to its track exactly, at any size of counts", () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        expect(lengthOf(layoutBar(counts))).toBe(counts.all === 0n ? 0 : trackUnits);
      }),
    );
  });

  test("a choice is drawn if and only if it has a ballot", () => {
    fc.assert(
      fc.property(anyCounts, fc.bigInt(1n, 10n ** 25n), (counts, scale) => {
        const widths = layoutBar(counts, scale);
        for (const choice of shownChoices) {
          const least = counts[choice] === 0n ? 0 : sliverUnits;
          expect(widths[choice]).toBeGreaterThanOrEqual(least);
          expect(widths[choice] > 0).toBe(counts[choice] > 0n);
        }
      }),
    );
  });

  test("more ballots are never drawn shorter than fewer", () => {
    fc.assert(
      fc.property(fc.oneof(anyCounts, closeCounts), (counts) => {
        const widths = layoutBar(counts);
        const byCount = shownChoices.toSorted((a, b) =>
          counts[a] === counts[b] ? widths[a] - widths[b] : counts[a] < counts[b] ? -1 : 1,
        );
        const drawn = byCount.map((choice) => widths[choice]);
        expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
      }),
    );
  });

  test("a bar of half the scale is half a track long", () => {
    const widths = layoutBar({ yes: 30n, no: 15n, abstain: 5n, all: 50n }, 100n);
    expect(widths).toEqual({ yes: 3_000, no: 1_500, abstain: 500 });
  });

  test("one ballot among a million keeps its sliver, paid by the widest", () => {
    const widths = layoutBar({ yes: 1_000_000n, no: 1n, abstain: 0n, all: 1_000_001n });
    expect(widths).toEqual({ yes: trackUnits - sliverUnits, no: sliverUnits, abstain: 0 });
  });

  test("nothing is drawn before the first ballot", () => {
    expect(layoutBar({ yes: 0n, no: 0n, abstain: 0n, all: 0n })).toEqual({
      yes: 0,
      no: 0,
      abstain: 0,
    });
  });
});

test("weights past 2^53 are counted exactly", () => {
  const tally = tallyOf(1, 1);
  tally.yes.weight = "9007199254740993";
  expect(countsOf(tally, "weight").yes).toBe(9_007_199_254_740_993n);
});
