import {
  castIn,
  noRegion,
  type BallotKind,
  type CountsByKind,
  type Figures,
  type ScopeFigures,
  type Scope,
} from "../figures.ts";
import type { Counting, Kind } from "../rule.ts";

/** What one step changes: a further yes, or a vote that goes from one side to the other. */
export type Move = {
  readonly changes: Partial<Record<BallotKind, bigint>>;
  /** What a step is a step of: every figure, where ballots and weight are the same, else the one that the rule counts by. */
  readonly by: readonly Counting[];
};

/** How many more steps each region can take; the votes of no region are under "". */
export type Headroom = ReadonlyMap<string, bigint>;

/** What a step adds to a kind; cast, and presence where nobody recorded it, follow the ballots. */
export function deltaOf(move: Move, kind: Kind, isPresenceRecorded: boolean): bigint {
  if (kind === "eligible" || (kind === "present" && isPresenceRecorded)) return 0n;
  if (kind !== "cast" && kind !== "present") return move.changes[kind] ?? 0n;
  return Object.values(move.changes).reduce((sum, change) => sum + change, 0n);
}

/** The figures of one scope after `steps` of a move. */
export function moveFigures(figures: ScopeFigures, move: Move, steps: bigint): ScopeFigures {
  const moved = (by: Counting) => {
    const counts = { ...figures[by] };
    if (!move.by.includes(by)) return counts;
    for (const [kind, change] of Object.entries(move.changes)) {
      // The keys of `changes` are kinds of ballots.
      counts[kind as BallotKind] += change * steps;
    }
    return counts;
  };
  return { ballots: moved("ballots"), weight: moved("weight") };
}

/** The figures after steps in several regions. */
export function moveFiguresByRegion(
  figures: Figures,
  move: Move,
  steps: ReadonlyMap<string, bigint>,
): Figures {
  const regions = new Map(figures.regions);
  let total = 0n;
  for (const [code, count] of steps) {
    total += count;
    const before = regions.get(code) ?? noFigures();
    regions.set(code, moveFigures(before, move, count));
  }
  return { regions, whole: moveFigures(figures.whole, move, total) };
}

/** The figures of a scope taken together. An electorate that is not known somewhere is not known. */
export function figuresOfScope(figures: Figures, scope: Scope): ScopeFigures {
  if (scope.regions === null) return figures.whole;
  const [first = "", ...others] = scope.regions;
  const start = figures.regions.get(first) ?? noFigures();
  return others.reduce((sum, code) => {
    const one = figures.regions.get(code) ?? noFigures();
    return { ballots: add(sum.ballots, one.ballots), weight: add(sum.weight, one.weight) };
  }, start);
}

export function headroomIn(headroom: Headroom, scope: Scope): bigint {
  let sum = 0n;
  for (const code of scope.regions ?? headroom.keys()) sum += headroom.get(code) ?? 0n;
  return sum;
}

/** The figures of one region alone, for a test that looks at sums only. */
export function singleRegionFigures(figures: ScopeFigures): Figures {
  return { regions: new Map([[noRegion, figures]]), whole: figures };
}

function add(a: CountsByKind, b: CountsByKind): CountsByKind {
  const isPresent = a.present !== null || b.present !== null;
  return {
    yes: a.yes + b.yes,
    no: a.no + b.no,
    abstain: a.abstain + b.abstain,
    blank: a.blank + b.blank,
    invalid: a.invalid + b.invalid,
    present: isPresent ? (a.present ?? castIn(a)) + (b.present ?? castIn(b)) : null,
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
