import { emptyRegionTally, type Tally } from "../../../src/ballot/tally.ts";
import { mergeResult } from "../../../src/results/result.ts";
import { showResult, type ShownResult } from "../../../src/results/shown-result.ts";

/** What is shown of an open decision of so many regions after `accepted` ballots, one by one in the regions in turn. */
export function shownCountsOf(accepted: number, regionCount = 3): ShownResult {
  const regions = Array.from({ length: regionCount }, (_, index) => `region ${index}`);
  const tally: Tally = new Map(
    regions.map((region, index) => {
      const ballots = Math.floor((accepted + regionCount - 1 - index) / regionCount);
      return [region, { ...emptyRegionTally(), yes: { ballots, weight: BigInt(ballots) } }];
    }),
  );
  const decision = {
    id: "watched",
    status: "open" as const,
    regions,
    roll: null,
    visibility: "live" as const,
    exposure: { kind: "all" as const },
  };
  const snapshot = { shard: 0, seq: accepted, tally, takenAt: accepted, isSealed: false };
  return showResult(mergeResult(decision, [snapshot], accepted), accepted);
}
