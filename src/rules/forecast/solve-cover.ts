import { greatestCommonDivisor } from "../ratio.ts";
import { branchAndBound } from "./branch-and-bound.ts";
import type { CoverProblem, CoverSolution } from "./cover-problem.ts";
import { solveByTable, tableCells, tableCellsMax } from "./solve-by-table.ts";

/**
 * Solves a cover problem; null where all items together do not reach the needs. `searches` is the
 * number of problems that share the work that is allowed.
 */
export function solveCover(problem: CoverProblem, searches: number): CoverSolution | null {
  const scaled = scaleDown(problem);
  const most = scaled.itemsByUnit.reduce(
    (sum, items) => sum + items.reduce((top, { cost }) => (cost > top ? cost : top), 0n),
    0n,
  );
  // The table holds costs as plain numbers, which are exact below 2^53.
  const isSafe = most <= BigInt(Number.MAX_SAFE_INTEGER);
  const isSmall = tableCells(scaled) <= tableCellsMax / BigInt(searches);
  return isSafe && isSmall ? solveByTable(scaled) : branchAndBound(scaled, searches);
}

/** Divides gains by their common divisor, and rounds the needs up to the next sum that there is. */
function scaleDown({ itemsByUnit, needs }: CoverProblem): CoverProblem {
  const divisors = needs.map((_, need) => {
    const gains = itemsByUnit.flat().map((item) => item.gains[need] ?? 0n);
    return gains.reduce((common, gain) => (gain === 0n ? common : gcd(common, gain)), 0n) || 1n;
  });
  const divisor = (need: number) => divisors[need] ?? 1n;
  return {
    itemsByUnit: itemsByUnit.map((items) =>
      items.map(({ cost, gains }) => ({
        cost,
        gains: gains.map((gain, need) => gain / divisor(need)),
      })),
    ),
    needs: needs.map((needed, need) => (needed + divisor(need) - 1n) / divisor(need)),
  };
}

function gcd(a: bigint, b: bigint): bigint {
  return a === 0n ? b : greatestCommonDivisor(a, b);
}
