import { sumRegionTallies, countedBallots } from "../ballot/tally.ts";
import { lifecycleSteps } from "../decision/lifecycle.ts";
import { shownStates } from "./releases.ts";
import type { DecisionResult } from "./result.ts";

/** A result's figures as anybody may know them, where its visibility shows figures. */
export type PublicResult = Omit<DecisionResult, "exposure"> & {
  /** Regions whose figures are not shown, or not yet. */
  hidden: readonly string[];
  /** New voters that a region's figures wait for; null where they do not wait. */
  releaseMin: number | null;
};

/**
 * What may be known of a result. Of a decision with releases nothing in it follows from anything
 * but these: its version and its age move with them alone.
 */
export function publicResult({ exposure, ...result }: DecisionResult): PublicResult {
  const codes = [...result.regions.keys()];
  const publish = (
    changes: Partial<typeof result> & { regions: DecisionResult["regions"] },
    releaseMin: number | null,
  ): PublicResult => {
    const hidden = codes.filter((code) => !changes.regions.has(code));
    return { ...result, ...changes, hidden, releaseMin };
  };
  if (exposure.kind === "all") return publish({ regions: result.regions }, null);
  if (exposure.kind === "regions") {
    const shown = new Set(exposure.codes);
    return publish(
      { regions: new Map([...result.regions].filter(([code]) => shown.has(code))) },
      null,
    );
  }
  const { releases, releaseMin, since } = exposure;
  const states = shownStates(releases, codes.length === 0 ? [""] : codes);
  const tallies = [...states].map(([code, { tally }]) => [code, tally] as const);
  const total = sumRegionTallies(tallies.map(([, tally]) => tally));
  return publish(
    {
      version: releases.moves + lifecycleSteps[result.status],
      accepted: countedBallots(total),
      isFinal: false,
      asOf: Math.max(since, ...[...states.values()].map(({ frozenAt }) => frozenAt)),
      total,
      regions: new Map(codes.length === 0 ? [] : tallies),
    },
    releaseMin,
  );
}
