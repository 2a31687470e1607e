import { greatestCommonDivisor } from "../ratio.ts";
import { branchAndBound } from "./branch-and-bound.ts";
import type { CoverProblem, CoverSolution } from "./cover-problem.ts";
import { solveByTable, tableCells } from "./solve-by-table.ts";
import type { Work } from "../work.ts";
import { workUnits } from "../work-units.ts";

/**
 * Solves a cover problem as exactly as the work allows; null where all items together do not reach
 * the needs.
 * @throws {NotSearchableError} where the work ends before anything is found
 */
export function solveCover(problem: CoverProblem, work: Work): CoverSolution | null {
  const scaled = scaleDown(problem);
  const items = scaled.itemsByUnit.flat();
  const sizes = [...scaled.needs, ...items.map(({ cost }) => cost)];
  // The table holds costs and needs as plain numbers, and so does the search where they are safe.
  const isSafe = sizes.reduce((sum, size) => sum + size, 0n) <= BigInt(Number.MAX_SAFE_INTEGER);
  const workOfTable = tableCells(scaled) / BigInt(workUnits.tableCells) + 1n;
  const isSmall = workOfTable <= BigInt(Math.floor(work.left));
  return isSafe && isSmall ? solveByTable(scaled, work) : branchAndBound(scaled, work);
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
