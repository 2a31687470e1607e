import { isMet } from "../evaluate-test.ts";
import type { Test } from "../rule.ts";
import { wholeScope } from "../scope.ts";
import { directionOf } from "./direction.ts";
import { findOptions } from "./find-options.ts";
import { planOption, type OptionPlan } from "./plan-option.ts";
import { NotSearchableError, type Option, type SearchContext } from "./search.ts";
import { addStepsByRegion } from "./step.ts";

/**
 * Why a forecast says nothing: it would take too much work, its kind of rule has no search, or a
 * figure is missing that only some of the votes to come would ask for.
 */
export const unknownReasons = ["too_much_work", "not_searchable", "figure_missing"] as const;
export type UnknownReason = (typeof unknownReasons)[number];

/** The smallest number of steps that meets a test; `unknown` where the search can't tell. */
export type LeastSteps =
  | { type: "met" }
  | { type: "impossible" }
  | { type: "unknown"; reason: UnknownReason }
  | {
      type: "found";
      steps: bigint;
      /** No fewer do; equal to `steps` where the search is exact. */
      atLeast: bigint;
      regions: ReadonlyMap<string, bigint>;
    };

type IsMetAfter = (stepsByRegion: ReadonlyMap<string, bigint>) => boolean;

/** Finds the fewest steps that meet a test in the whole. */
export function leastSteps(test: Test, search: SearchContext): LeastSteps {
  const { step } = search;
  if (isMet(test, wholeScope, search)) return { type: "met" };
  const direction = directionOf(test, search);
  const isMetAfter: IsMetAfter = (stepsByRegion) =>
    isMet(test, wholeScope, { ...search, figures: addStepsByRegion(search, step, stepsByRegion) });
  if (direction === "up" && !isMetByAll(test, search)) return { type: "impossible" };
  try {
    return cheapestOption(findOptions(test, wholeScope, search), search, isMetAfter);
  } catch (error) {
    if (!(error instanceof NotSearchableError)) throw error;
    return direction === "up" ? fillRegions(search, isMetAfter) : notSearchable;
  }
}

/** Whether all steps that there can be, in every region, meet a test in the whole. */
export function isMetByAll(test: Test, search: SearchContext): boolean {
  const known = search.metByAll.get(test);
  if (known !== undefined) return known;
  const figures = addStepsByRegion(search, search.step, search.headroom);
  const found = isMet(test, wholeScope, { ...search, figures });
  search.metByAll.set(test, found);
  return found;
}

export const notSearchable = { type: "unknown", reason: "not_searchable" } as const;

function cheapestOption(
  options: readonly Option[],
  search: SearchContext,
  isMetAfter: IsMetAfter,
): LeastSteps {
  let best: OptionPlan | null = null;
  let atLeast: bigint | null = null;
  let isMissed = false;
  for (const [index, option] of options.entries()) {
    const plan = planOption(option, search, options.length - index);
    if (plan === null) continue;
    if (atLeast === null || plan.atLeast < atLeast) atLeast = plan.atLeast;
    if (!isMetAfter(plan.steps)) isMissed = true;
    else if (best === null || plan.total < best.total) best = plan;
  }
  if (best === null || atLeast === null) return isMissed ? notSearchable : { type: "impossible" };
  return { type: "found", steps: best.total, atLeast, regions: best.steps };
}

/** Fills region after region until the test is met: enough, and perhaps more than is needed. */
function fillRegions({ headroom }: SearchContext, isMetAfter: IsMetAfter): LeastSteps {
  const fill = (count: bigint) => {
    const steps = new Map<string, bigint>();
    let left = count;
    for (const [code, most] of headroom) {
      const added = most < left ? most : left;
      if (added > 0n) steps.set(code, added);
      left -= added;
    }
    return steps;
  };
  let [below, enough] = [0n, [...headroom.values()].reduce((sum, most) => sum + most, 0n)];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(fill(middle))) enough = middle;
    else below = middle;
  }
  return { type: "found", steps: enough, atLeast: 1n, regions: fill(enough) };
}
