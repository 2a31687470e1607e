import type { ChoiceCounts } from "../results/tally-bars.ts";

/** What a map says of a region where counts are shown, in the order of its legend. */
export const countClasses = ["yes-most", "yes", "even", "no", "no-most", "none"] as const;
/** The same where turnout alone is shown. */
export const turnoutClasses = ["turnout-4", "turnout-3", "turnout-2", "turnout-1", "none"] as const;

export type CountClass = (typeof countClasses)[number];
export type TurnoutClass = (typeof turnoutClasses)[number];
/** `hidden`: of this region nothing is shown; `land`: it is none of the decision's. */
export type MapClass = CountClass | TurnoutClass | "hidden" | "land";

/** Yes against no: two thirds or more of both, the larger half, even, or neither. */
export function classOfCounts({ yes, no }: Pick<ChoiceCounts, "yes" | "no">): CountClass {
  const sum = yes + no;
  if (sum === 0n) return "none";
  if (yes === no) return "even";
  const leading = yes > no ? "yes" : "no";
  const most = yes > no ? yes : no;
  return most * 3n >= sum * 2n ? `${leading}-most` : leading;
}

/** How many of a region's voters have voted, in quarters; where nobody knows how many, if any has. */
export function classOfTurnout(voted: number, eligible: number | null): TurnoutClass {
  if (voted === 0) return "none";
  if (eligible === null || eligible === 0) return "turnout-4";
  if (voted * 4 >= eligible * 3) return "turnout-4";
  if (voted * 2 >= eligible) return "turnout-3";
  return voted * 4 >= eligible ? "turnout-2" : "turnout-1";
}
