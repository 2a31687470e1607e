import { greatestCommonDivisor } from "../ratio.ts";
import { branchAndBound } from "./branch-and-bound.ts";
import type { CoverSolution, CoverItem } from "./cover-problem.ts";
import { solveByTable, tableCells, tableCellsMax } from "./solve-by-table.ts";

/** The cheapest items, at most one a unit, that together reach every need; null where all of them do not. `searches` share the work that is allowed. */
export function solveCover(
  units: readonly (readonly CoverItem[])[],
  needs: readonly bigint[],
  searches: number,
): CoverSolution | null {
  const scaled = scaleDown(units, needs);
  const most = scaled.units.reduce(
    (sum, items) => sum + items.reduce((top, { cost }) => (cost > top ? cost : top), 0n),
    0n,
  );
  // Costs in plain numbers are exact below 2^53.
  const isSafe = most <= BigInt(Number.MAX_SAFE_INTEGER);
  const isSmall = tableCells(scaled.units, scaled.needs) <= tableCellsMax / BigInt(searches);
  return isSafe && isSmall
    ? solveByTable(scaled.units, scaled.needs)
    : branchAndBound(scaled.units, scaled.needs, searches);
}

/** Weights that share a divisor are as good without it, and a need that lies between two sums is the upper one. */
function scaleDown(units: readonly (readonly CoverItem[])[], needs: readonly bigint[]) {
  const divisors = needs.map((_, cover) => {
    const gains = units.flat().map((item) => item.gains[cover] ?? 0n);
    return gains.reduce((common, gain) => (gain === 0n ? common : gcd(common, gain)), 0n) || 1n;
  });
  const divisor = (cover: number) => divisors[cover] ?? 1n;
  return {
    units: units.map((items) =>
      items.map(({ cost, gains }) => ({
        cost,
        gains: gains.map((gain, cover) => gain / divisor(cover)),
      })),
    ),
    needs: needs.map((need, cover) => (need + divisor(cover) - 1n) / divisor(cover)),
  };
}

function gcd(a: bigint, b: bigint): bigint {
  return a === 0n ? b : greatestCommonDivisor(a, b);
}
