import type { ApiRequirement } from "../contract.ts";

/** Where a requirement's bar ends and where its threshold stands, in percent of the bar. */
export type RequirementReach = { actual: number; threshold: number };

/**
 * How far a requirement is, as a picture: exact figures are in the sentence beside it. Null where
 * there is nothing to draw.
 */
export function requirementReach({
  actual,
  base,
  threshold,
}: Pick<ApiRequirement, "actual" | "base" | "threshold">): RequirementReach | null {
  if (actual === null || threshold === null) return null;
  const [is, needs] = [toNumber(actual), toNumber(threshold)];
  const most = Math.max(base === null ? 0 : toNumber(base), is, needs);
  if (!(most > 0)) return null;
  return { actual: (100 * is) / most, threshold: (100 * needs) / most };
}

/** A figure `"41"` or `"17/2"`. */
function toNumber(figure: string): number {
  const [over = "0", under = "1"] = figure.split("/");
  return Number(over) / Number(under);
}
