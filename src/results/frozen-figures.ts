import { emptyRegionTally, sumRegionTallies } from "../ballot/tally.ts";
import type { DecisionResult } from "./result.ts";

/**
 * The figures that the room may act on before the close: those that were last frozen for a release,
 * and all of a roll call, whose every vote is seen.
 */
export function frozenFigures({
  exposure,
  isFinal,
  total,
  regions,
}: DecisionResult): Pick<DecisionResult, "total" | "regions" | "isFinal"> {
  if (exposure.kind !== "releases") return { isFinal, total, regions };
  const { releases } = exposure;
  const codes = regions.size === 0 ? [""] : [...regions.keys()];
  const frozen = codes.map(
    (code) => [code, releases.regions.get(code)?.newest.tally ?? emptyRegionTally()] as const,
  );
  return {
    isFinal,
    total: sumRegionTallies(frozen.map(([, tally]) => tally)),
    regions: new Map(regions.size === 0 ? [] : frozen),
  };
}
