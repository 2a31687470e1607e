import type { RuleFault } from "../rules/rule.ts";
import { limits } from "../shared/limits.ts";
import { cellVotersMin } from "./cell-voters-min.ts";
import type { DecisionDraft } from "./decision.ts";
import type { Roll } from "./roll.ts";

/** What of a decision says which voters its totals may name. */
export interface KnownCells {
  draft: Pick<DecisionDraft, "disclosure" | "electorate" | "smallCellsMin">;
  roll: Pick<Roll, "fewestAlike"> | null;
}

/**
 * What of a roll names voters by the weights of totals: regions in which fewer share a weight than
 * are shown together after the close. None in roll calls, and where all weigh the same.
 */
export function findSmallRollCells({ draft, roll }: KnownCells): readonly RuleFault[] {
  if (draft.disclosure === "roll_call" || draft.electorate === "open" || roll === null) return [];
  const pointer = "/acknowledge_small_cells";
  if (roll.fewestAlike === null)
    return [{ pointer, detail: "The roll has too many weights for voters to share theirs." }];
  const least = cellVotersMin(draft);
  const small = roll.fewestAlike.filter(({ voters }) => voters < least);
  const told = small.slice(0, limits.smallRegionsTold).map(({ region, voters }) => ({
    pointer,
    detail: `${region === "" ? "On the roll" : `In ${region}`} ${voters} of one weight, fewer than ${least}.`,
  }));
  const rest = small.length - told.length;
  return rest === 0 ? told : [...told, { pointer, detail: `And in ${rest} regions more.` }];
}
