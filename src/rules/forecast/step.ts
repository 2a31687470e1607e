import {
  countCast,
  noRegion,
  type BallotKind,
  type CountsByKind,
  type Figures,
  type ScopeFigures,
} from "../figures.ts";
import type { Counting, Kind } from "../rule.ts";
import type { Scope } from "../scope.ts";

/**
 * One change of the votes, of which a search looks for the fewest: a further yes, or a no that
 * becomes a yes.
 */
export type Step = {
  readonly changes: Partial<Record<BallotKind, bigint>>;
  /**
   * The counts that it changes: both where every vote has weight 1, else the one that the rule
   * counts by.
   */
  readonly by: readonly Counting[];
};

/** How much a step changes a kind; cast, and presence that nobody recorded, follow the ballots. */
export function changeOfKind(step: Step, kind: Kind, isPresenceRecorded: boolean): bigint {
  if (kind === "eligible" || (kind === "present" && isPresenceRecorded)) return 0n;
  if (kind !== "cast" && kind !== "present") return step.changes[kind] ?? 0n;
  return Object.values(step.changes).reduce((sum, change) => sum + change, 0n);
}

/** The figures of one scope after so many steps. */
export function addSteps(figures: ScopeFigures, step: Step, steps: bigint): ScopeFigures {
  const changed = (by: Counting) => {
    const counts = { ...figures[by] };
    if (!step.by.includes(by)) return counts;
    for (const [kind, change] of Object.entries(step.changes)) {
      // The keys of `changes` are kinds of ballots.
      counts[kind as BallotKind] += change * steps;
    }
    return counts;
  };
  return { ballots: changed("ballots"), weight: changed("weight") };
}

/** All figures after so many steps in each region. */
export function addStepsByRegion(
  figures: Figures,
  step: Step,
  stepsByRegion: ReadonlyMap<string, bigint>,
): Figures {
  const regions = new Map(figures.regions);
  let total = 0n;
  for (const [code, steps] of stepsByRegion) {
    total += steps;
    regions.set(code, addSteps(regions.get(code) ?? noFigures(), step, steps));
  }
  return { regions, whole: addSteps(figures.whole, step, total) };
}

/** The figures of a scope's regions together; the electorate is known of all of them or of none. */
export function figuresOfScope(figures: Figures, scope: Scope): ScopeFigures {
  if (scope.regions === null) return figures.whole;
  const [first = "", ...others] = scope.regions;
  const start = figures.regions.get(first) ?? noFigures();
  return others.reduce((sum, code) => {
    const region = figures.regions.get(code) ?? noFigures();
    return { ballots: add(sum.ballots, region.ballots), weight: add(sum.weight, region.weight) };
  }, start);
}

/** Figures with one region alone, for a test that looks at sums only. */
export function singleRegionFigures(region: ScopeFigures): Figures {
  return { regions: new Map([[noRegion, region]]), whole: region };
}

function add(a: CountsByKind, b: CountsByKind): CountsByKind {
  const isPresent = a.present !== null || b.present !== null;
  return {
    yes: a.yes + b.yes,
    no: a.no + b.no,
    abstain: a.abstain + b.abstain,
    blank: a.blank + b.blank,
    invalid: a.invalid + b.invalid,
    present: isPresent ? (a.present ?? countCast(a)) + (b.present ?? countCast(b)) : null,
    eligible: a.eligible === null || b.eligible === null ? null : a.eligible + b.eligible,
  };
}

function noFigures(): ScopeFigures {
  const none = { yes: 0n, no: 0n, abstain: 0n, blank: 0n, invalid: 0n };
  return {
    ballots: { ...none, present: null, eligible: null },
    weight: { ...none, present: null, eligible: null },
  };
}
