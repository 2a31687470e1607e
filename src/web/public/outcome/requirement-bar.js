/** @import { ApiRequirement } from "../../contract.ts" */

/**
 * Where a requirement's bar ends and where its threshold stands, in percent of the bar. Exact
 * figures are in the sentence beside it: this is a picture.
 * @param {Pick<ApiRequirement, "actual" | "base" | "threshold">} requirement
 * @returns {{ actual: number, threshold: number } | null} null where there is nothing to draw
 */
export function barOf({ actual, base, threshold }) {
  if (actual === null || threshold === null) return null;
  const [is, needs] = [toNumber(actual), toNumber(threshold)];
  const most = Math.max(base === null ? 0 : toNumber(base), is, needs);
  if (!(most > 0)) return null;
  return { actual: (100 * is) / most, threshold: (100 * needs) / most };
}

/** @param {string} figure `"41"` or `"17/2"` */
function toNumber(figure) {
  const [over = "0", under = "1"] = figure.split("/");
  return Number(over) / Number(under);
}
