import { countCast, noRegion, type Figures, type ScopeFigures } from "../figures.ts";
import type { Counting } from "../rule.ts";
import type { Scope } from "../scope.ts";
import type { Work } from "../work.ts";
import { workUnits } from "../work-units.ts";

/** How many more steps each region can take; those of voters in no region are under "". */
export type Headroom = ReadonlyMap<string, bigint>;

/** The headroom where nobody knows how many may vote: enough for any search. */
const unknownHeadroom = 10n ** 30n;

/** The headroom of all regions of a scope together. */
export function headroomIn(headroom: Headroom, scope: Scope, work: Work): bigint {
  work.spend((scope.regions?.length ?? headroom.size) * workUnits.name);
  let sum = 0n;
  for (const code of scope.regions ?? headroom.keys()) sum += headroom.get(code) ?? 0n;
  return sum;
}

/** The votes of one kind, all of which could have been cast otherwise. */
export function headroomOfCast(
  figures: Figures,
  by: Counting,
  kind: "yes" | "no" | "abstain",
): Headroom {
  const regions = scopesByCode(figures);
  return new Map(regions.map(([code, region]) => [code, orNothing(region[by][kind])]));
}

interface RemainingVotes {
  headroom: Headroom;
  /** Whether it is known of every region how many may still vote. */
  isKnown: boolean;
  /** How many may still vote in the whole; null where nobody knows. */
  total: bigint | null;
}

/**
 * The votes that may still be cast: by those present, where presence was recorded, else by the
 * eligible. `named` are regions that the rule names, also without a tally.
 */
export function remainingVotes(
  figures: Figures,
  by: Counting,
  named: readonly string[],
): RemainingVotes {
  const remaining = (scope: ScopeFigures) => {
    const most = scope[by].present ?? scope[by].eligible;
    return most === null ? null : orNothing(most - countCast(scope[by]));
  };
  const total = remaining(figures.whole);
  const regions = new Map(
    scopesByCode(figures).map(([code, region]) => [code, remaining(region)] as const),
  );
  for (const code of named) if (!regions.has(code)) regions.set(code, null);
  const isKnown = [...regions.values()].every((left) => left !== null);
  const headroom = new Map(
    [...regions].map(([code, left]) => [code, left ?? total ?? unknownHeadroom]),
  );
  return { headroom, isKnown, total };
}

/** Whether presence was recorded in some regions and not in others. */
export function isPresenceMixed(figures: Figures, by: Counting): boolean {
  const regions = scopesByCode(figures);
  const recorded = regions.filter(([, region]) => region[by].present !== null).length;
  return recorded > 0 && recorded < regions.length;
}

/** Without regions the whole is the one region there is. */
function scopesByCode(figures: Figures): (readonly [code: string, ScopeFigures])[] {
  return figures.regions.size === 0 ? [[noRegion, figures.whole]] : [...figures.regions];
}

function orNothing(figure: bigint): bigint {
  return figure > 0n ? figure : 0n;
}
