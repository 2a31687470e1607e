import type { Manifest } from "../decision/decision.ts";
import { limits } from "../shared/limits.ts";

/** How many counted voters share a region and a weight. */
export type CountedCell = { region: string; weight: number; voters: number };

/**
 * What is shown of regions and weights after the close. Every other ballot is shown without them,
 * and every other region without its figures.
 */
export type ShownCells = {
  /** By region, then weight. */
  cells: readonly CountedCell[];
  /** Of the decision's regions those with figures: all voters of each are in shown cells. */
  regions: readonly string[];
};

/** What says which cells of a decision are shown. */
type CellTerms = Pick<Manifest, "disclosure" | "smallCellsMin" | "regions" | "weightMax" | "roll">;

/** How many voters a cell needs, and what is hidden together needs, outside roll calls. */
export function cellVotersMin({ smallCellsMin }: Pick<Manifest, "smallCellsMin">): number {
  return Math.max(smallCellsMin, limits.cellVotersMin);
}

/**
 * Which cells of a decision are shown once it is certified.
 * @param counted every region and weight that a counted ballot has, once
 */
export function shownCells(terms: CellTerms, counted: Iterable<CountedCell>): ShownCells {
  const cells = [...counted].filter(({ voters }) => voters > 0).toSorted(byVoters);
  const isAllShown = terms.disclosure === "roll_call" || hasOneCell(terms);
  const hidden = isAllShown ? 0 : hiddenCount(cells, cellVotersMin(terms));
  const hiddenRegions = new Set(cells.slice(0, hidden).map(({ region }) => region));
  const shown = cells.slice(hidden);
  // Where no cell is shown, one without voters would say that the voters are in the others.
  const isNothingShown = shown.length === 0 && hidden > 0;
  const codes = terms.regions.map(({ code }) => code);
  return {
    cells: shown.toSorted(byName),
    regions: isNothingShown ? [] : codes.filter((code) => !hiddenRegions.has(code)),
  };
}

/**
 * How many of these cells, the smallest first, are hidden: those of fewer than `least` voters, and
 * the next ones until all that are hidden have as many together, since the whole is shown and what
 * is hidden is the whole less what is shown. So every figure that can be computed is one of at least
 * `least` voters. More than can be listed are hidden as well.
 */
function hiddenCount(cells: readonly CountedCell[], least: number): number {
  const small = cells.filter(({ voters }) => voters < least).length;
  let count = Math.max(small, cells.length - limits.shownCellsMax);
  let voters = cells.slice(0, count).reduce((sum, cell) => sum + cell.voters, 0);
  for (; count > 0 && voters < least && count < cells.length; count += 1)
    voters += cells[count]?.voters ?? 0;
  return count;
}

/** Whether by its manifest every voter has the same region and weight, which then says nothing. */
function hasOneCell({ regions, roll, weightMax }: CellTerms): boolean {
  if (regions.length > 1) return false;
  return roll === null ? weightMax === 1 : roll.weight === String(roll.voters);
}

/** The smallest first; of equals by name, so that everybody finds the same. */
function byVoters(a: CountedCell, b: CountedCell): number {
  return a.voters - b.voters || byName(a, b);
}

function byName(a: CountedCell, b: CountedCell): number {
  if (a.region !== b.region) return a.region < b.region ? -1 : 1;
  return a.weight - b.weight;
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
