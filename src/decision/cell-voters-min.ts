import { limits } from "../shared/limits.ts";
import type { DecisionDraft } from "./decision.ts";

/** How many voters a cell needs, and what is hidden together needs, outside roll calls. */
export function cellVotersMin({ smallCellsMin }: Pick<DecisionDraft, "smallCellsMin">): number {
  return Math.max(smallCellsMin, limits.cellVotersMin);
}
