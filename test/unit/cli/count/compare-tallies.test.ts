import fc from "fast-check";
import { expect, test } from "vitest";
import { choices } from "../../../../src/ballot/ballot.ts";
import {
  compareTallies,
  describeFigure,
  type ReportedTally,
} from "../../../../src/cli/count/compare-tallies.ts";
import { countBallot, type TallyCount } from "../../../../src/cli/count/tally-count.ts";
import { reportTally } from "../verify/report-tally.ts";

const ballots = fc.array(
  fc.record({
    region: fc.constantFrom("Africa", "Asia", "Europe"),
    choice: fc.constantFrom(...choices),
    weight: fc.integer({ min: 1, max: 1_000_000_000_000 }),
  }),
);

function countAll(all: readonly Parameters<typeof countBallot>[1][]): TallyCount {
  const tally: TallyCount = new Map();
  for (const ballot of all) countBallot(tally, ballot);
  return tally;
}

test("a result that reports exactly the counted ballots has no difference", () => {
  fc.assert(
    fc.property(ballots, (all) => {
      expect(compareTallies(countAll(all), reportTally(all))).toEqual([]);
    }),
  );
});

test("one ballot more is found in the whole and in its region, and nowhere else", () => {
  fc.assert(
    fc.property(ballots, (all) => {
      const ballot = { region: "Asia", choice: "yes", weight: 7 } as const;
      const found = compareTallies(countAll(all), reportTally([...all, ballot])).map(
        describeFigure,
      );
      expect(found.toSorted()).toEqual(
        ["region Asia", "whole"].flatMap((where) =>
          ["all, ballots", "all, weight", "yes, ballots", "yes, weight"].map(
            (figure) => `${where}, ${figure}`,
          ),
        ),
      );
    }),
  );
});

test("a region that the result leaves out is a difference, unless nothing was counted in it", () => {
  const all = [{ region: "Asia", choice: "no", weight: 1 }] as const;
  const reported: ReportedTally = { ...reportTally(all), regions: [] };
  expect(compareTallies(countAll(all), reported)).toEqual([
    { region: "Asia", choice: "all", figure: "ballots", expected: "1", actual: "no such region" },
  ]);
  expect(compareTallies(new Map(), { ...reportTally([]), regions: [] })).toEqual([]);
});

test("a region that the result has twice is a difference", () => {
  const all = [{ region: "Asia", choice: "no", weight: 1 }] as const;
  const reported = reportTally(all);
  const twice = { ...reported, regions: [...reported.regions, ...reported.regions] };
  expect(compareTallies(countAll(all), twice).length).toBeGreaterThan(0);
});

test("a weight beyond 2^53 is compared exactly", () => {
  const all = [{ region: "Asia", choice: "yes", weight: 1 }] as const;
  const count = countAll(all);
  const cell = count.get("Asia");
  if (cell !== undefined) cell.yes.weight = 2n ** 53n + 1n;
  const reported = reportTally(all);
  reported.regions = [];
  reported.total.yes.weight = String(2n ** 53n);
  const found = compareTallies(count, reported).map(describeFigure);
  expect(found).toContain("whole, yes, weight");
});

test("a decision without regions is compared as a whole only", () => {
  const all = [{ region: "", choice: "yes", weight: 1 }] as const;
  expect(compareTallies(countAll(all), { ...reportTally(all), regions: [] })).toEqual([]);
});

test("a shard of a decision without regions reports its only region, which has no name", () => {
  const all = [{ region: "", choice: "yes", weight: 1 }] as const;
  expect(compareTallies(countAll(all), reportTally(all))).toEqual([]);
  const other = [{ region: "", choice: "no", weight: 1 }] as const;
  const found = compareTallies(countAll(all), reportTally(other)).map(describeFigure);
  expect(found).toContain("region , yes, ballots");
});
