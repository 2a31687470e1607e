import { sumRegionTallies, type Count, type RegionTally } from "../ballot/tally.ts";
import type { DecisionStatus, Visibility } from "../decision/decision.ts";
import { lifecycleSteps } from "../decision/lifecycle.ts";
import type { RollFigures } from "../decision/roll.ts";
import { showingOf } from "../decision/visibility.ts";
import type { DecisionResult } from "./result.ts";
import { groupRegions, type Grouping } from "./small-cells.ts";

declare const shown: unique symbol;

/**
 * A version that may be told: only this module makes one, so what was not shown through it has no
 * ETag, event id or cursor.
 */
export type ShownVersion = number & { readonly [shown]: true };

/**
 * Figures of the whole, of one region or of several merged ones, with those of the roll beside them
 * where there is one.
 */
export type Cell<Figures> = { figures: Figures; onRoll: RollFigures | null };
export type MergedCell<Figures> = Cell<Figures> & { codes: readonly string[] };

type ShownHead = {
  decisionId: string;
  status: DecisionStatus;
  visibility: Visibility;
  version: ShownVersion;
  isFinal: boolean;
  asOf: number;
};

type Shown<Shows, Figures> = ShownHead & {
  shows: Shows;
  /** Ballots in the record, replaced ones too. */
  accepted: number;
  total: Cell<Figures>;
  /** Every region that is shown by itself, in the decision's order. */
  regions: ReadonlyMap<string, Cell<Figures>>;
  /** Regions too small to be shown one by one; null where there are none. */
  merged: MergedCell<Figures> | null;
};

export type ShownCounts = Shown<"counts", RegionTally>;
/** How many have voted, and their weight: nothing in it depends on a choice. */
export type ShownTurnout = Shown<"turnout", Count>;
/** That there is a decision, and how far its life is. */
export type ShownNothing = ShownHead & { shows: "nothing" };

/**
 * A result as it may be shown to anyone at its moment. Every reader's way goes through here: no
 * other type has a version to show.
 */
export type ShownResult = ShownCounts | ShownTurnout | ShownNothing;

/** Whether no version comes after this one: being certified is a decision's last step. */
export function isLastVersion({ status }: Pick<ShownResult, "status">): boolean {
  return status === "certified";
}

/** What may be shown of a result now; `now` in ms. */
export function showResult(result: DecisionResult, now: number): ShownResult {
  const { visibility, status } = result;
  const shows = showingOf(visibility, status);
  if (shows === "nothing") return showNothing({ id: result.decisionId, status, visibility }, now);
  const { decisionId, isFinal, asOf, accepted } = result;
  const head = { decisionId, status, visibility, isFinal, asOf, accepted };
  // The shown cells are made of counted ballots alone, and so is who is merged: a vote that was
  // changed changes neither.
  const counts = new Map(
    [...result.regions].map(([code, tally]) => [code, ballotsIn(tally).ballots]),
  );
  const grouping = groupRegions(counts, result.smallCellsMin);
  const version = result.version as ShownVersion;
  return shows === "counts"
    ? { ...head, version, shows, ...cellsOf(result, grouping, (tally) => tally) }
    : { ...head, version, shows, ...cellsOf(result, grouping, ballotsIn) };
}

/**
 * The result of a decision that shows nothing yet. It is made without a word from the shards: when
 * they last answered, whether they answer at all, and how many ballots moved the version would each
 * tell something of the votes.
 */
export function showNothing(
  decision: { id: string; status: DecisionStatus; visibility: Visibility },
  now: number,
): ShownNothing {
  const { id: decisionId, status, visibility } = decision;
  const version = lifecycleSteps[status] as ShownVersion;
  return { decisionId, status, visibility, version, isFinal: false, asOf: now, shows: "nothing" };
}

function cellsOf<Figures>(
  { total, regions, roll }: DecisionResult,
  { shown: codes, merged }: Grouping,
  reduce: (tally: RegionTally) => Figures,
) {
  const tallyOf = (code: string) => {
    const tally = regions.get(code);
    return tally === undefined ? [] : [tally];
  };
  const onRoll = new Map(roll?.regions.map((figures) => [figures.region, figures]));
  const cell = (some: readonly string[]): Cell<Figures> => ({
    figures: reduce(sumOf(some.flatMap(tallyOf))),
    onRoll: roll === null ? null : sumOnRoll(some.map((code) => onRoll.get(code))),
  });
  return {
    total: { figures: reduce(total), onRoll: roll === null ? null : sumOnRoll([roll]) },
    regions: new Map(codes.map((code) => [code, cell([code])] as const)),
    merged: merged.length === 0 ? null : { codes: merged, ...cell(merged) },
  };
}

/** Of one tally itself: who compares two results sees at once that it is the same. */
function sumOf(tallies: readonly RegionTally[]): RegionTally {
  const [first] = tallies;
  return first !== undefined && tallies.length === 1 ? first : sumRegionTallies(tallies);
}

function ballotsIn({ yes, no, abstain }: RegionTally): Count {
  return {
    ballots: yes.ballots + no.ballots + abstain.ballots,
    weight: yes.weight + no.weight + abstain.weight,
  };
}

function sumOnRoll(some: readonly (RollFigures | undefined)[]): RollFigures {
  return {
    voters: some.reduce((sum, figures) => sum + (figures?.voters ?? 0), 0),
    weight: String(some.reduce((sum, figures) => sum + BigInt(figures?.weight ?? 0), 0n)),
  };
}
