import {
  noFigures,
  type BallotKind,
  type Figures,
  type FiguresContext,
  type ScopeFigures,
} from "../figures.ts";
import type { Counting, Kind } from "../rule.ts";
import { workUnits } from "../work-units.ts";

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

/** Whether steps can only help a test (or raise a measure), only harm it, do nothing, or either. */
export type Direction = "up" | "down" | "flat" | "mixed";

/** How much a step changes a kind; cast, and presence that nobody recorded, follow the ballots. */
export function changeOfKind(step: Step, kind: Kind, isPresenceRecorded: boolean): bigint {
  if (kind === "eligible" || (kind === "present" && isPresenceRecorded)) return 0n;
  if (kind !== "cast" && kind !== "present") return step.changes[kind] ?? 0n;
  let sum = 0n;
  for (const change of Object.values(step.changes)) sum += change;
  return sum;
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
  { figures, work }: FiguresContext,
  step: Step,
  stepsByRegion: ReadonlyMap<string, bigint>,
): Figures {
  work.spend(figures.regions.size + stepsByRegion.size * workUnits.regionSteps);
  const regions = new Map(figures.regions);
  let total = 0n;
  for (const [code, steps] of stepsByRegion) {
    total += steps;
    regions.set(code, addSteps(regions.get(code) ?? noFigures, step, steps));
  }
  return { regions, whole: addSteps(figures.whole, step, total) };
}
