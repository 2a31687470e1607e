import { greatestCommonDivisor } from "../ratio.ts";
import { branchAndBound } from "./branch-and-bound.ts";
import type { Choice, Option } from "./choice.ts";
import { chooseByTable, tableCells, tableCellsMax } from "./choose-by-table.ts";

/** The cheapest options, at most one a site, that together reach every need; null where all of them do not. `searches` share the work that is allowed. */
export function cheapestChoice(
  sites: readonly (readonly Option[])[],
  needs: readonly bigint[],
  searches: number,
): Choice | null {
  const scaled = scaleDown(sites, needs);
  const most = scaled.sites.reduce(
    (sum, options) => sum + options.reduce((top, { cost }) => (cost > top ? cost : top), 0n),
    0n,
  );
  // Costs in plain numbers are exact below 2^53.
  const isSafe = most <= BigInt(Number.MAX_SAFE_INTEGER);
  const isSmall = tableCells(scaled.sites, scaled.needs) <= tableCellsMax / BigInt(searches);
  return isSafe && isSmall
    ? chooseByTable(scaled.sites, scaled.needs)
    : branchAndBound(scaled.sites, scaled.needs, searches);
}

/** Weights that share a divisor are as good without it, and a need that lies between two sums is the upper one. */
function scaleDown(sites: readonly (readonly Option[])[], needs: readonly bigint[]) {
  const divisors = needs.map((_, cover) => {
    const gains = sites.flat().map((option) => option.gains[cover] ?? 0n);
    return gains.reduce((common, gain) => (gain === 0n ? common : gcd(common, gain)), 0n) || 1n;
  });
  const divisor = (cover: number) => divisors[cover] ?? 1n;
  return {
    sites: sites.map((options) =>
      options.map(({ cost, gains }) => ({
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
