import { choices, type Choice } from "../../ballot/ballot.ts";
import type { TallyView } from "../../results/result-json.ts";
import {
  totalBallots,
  totalWeight,
  newRegionCount,
  sumRegions,
  type RegionCount,
  type TallyCount,
} from "./tally-count.ts";

/** One figure that is not what it must be, and where in a result it stands. */
export type TallyDifference = {
  /** The region's code; null for the whole decision. */
  region: string | null;
  choice: Choice | "all";
  figure: "ballots" | "weight";
  expected: string;
  actual: string;
};

export type ReportedTally = {
  total: TallyView;
  regions: readonly (TallyView & { region: string })[];
};

/**
 * Compares a reported result, whole and by region, with a count. A region that is reported empty
 * equals one that is not reported; a region reported twice is a difference. A decision without
 * regions counts everything in the region "", which a result may leave out.
 */
export function compareTallies(expected: TallyCount, reported: ReportedTally): TallyDifference[] {
  const differences = compareRegion(null, sumRegions(expected), reported.total);
  const missing = new Map(expected);
  for (const tally of reported.regions) {
    const count = missing.get(tally.region) ?? newRegionCount();
    differences.push(...compareRegion(tally.region, count, tally));
    missing.delete(tally.region);
  }
  for (const [region, count] of missing) {
    if (region === "" || totalBallots(count) === 0) continue;
    const [counted, none] = [String(totalBallots(count)), "no such region"];
    differences.push({ region, choice: "all", figure: "ballots", expected: counted, actual: none });
  }
  return differences;
}

function compareRegion(
  region: string | null,
  expected: RegionCount,
  actual: TallyView,
): TallyDifference[] {
  const differences: TallyDifference[] = [];
  const compare = (
    choice: Choice | "all",
    counted: { ballots: number; weight: bigint },
    reported: { ballots: number; weight: string },
  ): void => {
    const cell = { region, choice };
    if (counted.ballots !== reported.ballots)
      differences.push({
        ...cell,
        figure: "ballots",
        expected: String(counted.ballots),
        actual: String(reported.ballots),
      });
    if (counted.weight !== BigInt(reported.weight))
      differences.push({
        ...cell,
        figure: "weight",
        expected: String(counted.weight),
        actual: reported.weight,
      });
  };
  for (const choice of choices) compare(choice, expected[choice], actual[choice]);
  compare(
    "all",
    { ballots: totalBallots(expected), weight: totalWeight(expected) },
    { ballots: actual.ballots, weight: actual.weight },
  );
  return differences;
}

/** Says where a figure stands, for a person: `region Asia, yes, ballots`. */
export function describeFigure(difference: TallyDifference): string {
  const region = difference.region === null ? "whole" : `region ${difference.region}`;
  return `${region}, ${difference.choice}, ${difference.figure}`;
}
