import { cellVotersMin } from "../decision/cell-voters-min.ts";
import type { Manifest } from "../decision/decision.ts";
import { limits } from "../shared/limits.ts";

/** How many counted voters share a region and a weight. */
export type CountedCell = { region: string; weight: number; voters: number };

/** Counted voters of a region and weight; of several weights where the weight is null. */
export type CountedGroup = { region: string; weight: number | null; voters: number };

/** All voters with a ballot, whatever it says, and the cells of those whose ballots count. */
export type CountedVoters = { voters: number; cells: CountedGroup[] };

/**
 * What is shown of regions and weights after the close. Every other ballot is shown without them,
 * and every other region without its figures. A region may be shown with its figures alone.
 */
export type ShownCells = {
  /** By region, then weight. */
  cells: readonly CountedCell[];
  /** Of the decision's regions those with figures. */
  regions: readonly string[];
};

/** What says which cells of a decision are shown. */
type CellTerms = Pick<
  Manifest,
  "disclosure" | "visibility" | "smallCellsMin" | "regions" | "weightMax" | "roll"
>;

/**
 * Which cells of a decision are shown once it is certified.
 * @param counted every region and weight that a counted ballot has, once, or the region as one
 */
export function shownCells(terms: CellTerms, counted: Iterable<CountedGroup>): ShownCells {
  const groups = groupsOf(terms, counted).toSorted(byVoters);
  const isAllShown = terms.disclosure === "roll_call" || hasOneCell(terms);
  const hidden = isAllShown ? 0 : hiddenCount(groups, cellVotersMin(terms));
  const hiddenRegions = new Set(groups.slice(0, hidden).map(({ region }) => region));
  const shown = groups.slice(hidden);
  // Where nothing is shown, a region without voters would say that they are in the others.
  const isNothingShown = shown.length === 0 && hidden > 0;
  const codes = terms.regions.map(({ code }) => code);
  return {
    cells: shown
      .toSorted(byName)
      .flatMap(({ weight, ...rest }) => (weight === null ? [] : [{ ...rest, weight }])),
    regions: isNothingShown ? [] : codes.filter((code) => !hiddenRegions.has(code)),
  };
}

/**
 * Voters by region and weight. Where counts of regions were shown before the close, those of one
 * weight less such a count may be a single vote: then a region of several weights is one group.
 */
function groupsOf(
  { disclosure, visibility }: CellTerms,
  counted: Iterable<CountedGroup>,
): readonly CountedGroup[] {
  const cells = [...counted].filter(({ voters }) => voters > 0);
  if (disclosure === "roll_call" || visibility !== "live") return cells;
  const groups = new Map<string, CountedGroup>();
  for (const cell of cells) {
    const known = groups.get(cell.region);
    const voters = cell.voters + (known?.voters ?? 0);
    groups.set(cell.region, { ...cell, weight: known === undefined ? cell.weight : null, voters });
  }
  return [...groups.values()];
}

/**
 * How many of these groups, the smallest first, are hidden: those of fewer than `least` voters, and
 * the next ones until all that are hidden have as many together, since the whole is shown and what
 * is hidden is the whole less what is shown. So every figure that can be computed is one of at least
 * `least` voters. More than can be listed are hidden as well.
 */
function hiddenCount(groups: readonly CountedGroup[], least: number): number {
  const small = groups.filter(({ voters }) => voters < least).length;
  let count = Math.max(small, groups.length - limits.shownCellsMax);
  let voters = groups.slice(0, count).reduce((sum, group) => sum + group.voters, 0);
  for (; count > 0 && voters < least && count < groups.length; count += 1)
    voters += groups[count]?.voters ?? 0;
  return count;
}

/** Whether by its manifest every voter has the same region and weight, which then says nothing. */
function hasOneCell({ regions, roll, weightMax }: CellTerms): boolean {
  if (regions.length > 1) return false;
  return roll === null ? weightMax === 1 : roll.weight === String(roll.voters);
}

/** The smallest first; of equals by name, so that everybody finds the same. */
function byVoters(a: CountedGroup, b: CountedGroup): number {
  return a.voters - b.voters || byName(a, b);
}

function byName(a: CountedGroup, b: CountedGroup): number {
  if (a.region !== b.region) return a.region < b.region ? -1 : 1;
  return (a.weight ?? 0) - (b.weight ?? 0);
}

/** Whether a cell is shown, by region and weight. */
export function cellLookup({ cells }: Pick<ShownCells, "cells">) {
  const weightsOf = new Map<string, Set<number>>();
  for (const { region, weight } of cells) {
    const weights = weightsOf.get(region) ?? new Set();
    weightsOf.set(region, weights.add(weight));
  }
  return (region: string, weight: number): boolean => weightsOf.get(region)?.has(weight) === true;
}
