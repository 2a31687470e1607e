import {
  emptyRegionTally,
  sumRegionTallies,
  sumTallies,
  type RegionTally,
} from "../ballot/tally.ts";
import type { Roll } from "../decision/roll.ts";
import type { DecisionStatus, Visibility } from "../decision/decision.ts";
import { isSettled, lifecycleSteps } from "../decision/lifecycle.ts";
import type { ShardSnapshot } from "./shard-snapshot.ts";

/**
 * The merged tally of a decision, with how fresh it is. True figures: what readers get of them is
 * what `showResult` makes.
 */
export type DecisionResult = {
  decisionId: string;
  status: DecisionStatus;
  visibility: Visibility;
  smallCellsMin: number;
  /**
   * Ballots accepted plus steps of life lived: it grows with every change and needs no store, so no
   * reader sees it go back, whichever object computed it.
   */
  version: number;
  /** Ballots in the record, replaced ones too. */
  accepted: number;
  /** Every shard is sealed: these are the last figures. */
  isFinal: boolean;
  /** Every ballot acknowledged before this moment (ms) is in it. */
  asOf: number;
  total: RegionTally;
  /**
   * Who may vote, whole and by region: what turnout is measured against. Null in an open electorate
   * and before a decision opens.
   */
  roll: Roll | null;
  /** Every region of the decision in its order, also those without a ballot. */
  regions: ReadonlyMap<string, RegionTally>;
};

/**
 * Merges the snapshots of all shards of a decision; `now` is when a decision that has no shards yet
 * was looked at.
 */
export function mergeResult(
  decision: {
    id: string;
    status: DecisionStatus;
    regions: readonly string[];
    roll: Roll | null;
    visibility: Visibility;
    smallCellsMin: number;
  },
  snapshots: readonly ShardSnapshot[],
  now: number,
): DecisionResult {
  const tally = sumTallies(snapshots.map((snapshot) => snapshot.tally));
  const regions = new Map(
    decision.regions.map((region) => [region, tally.get(region) ?? emptyRegionTally()]),
  );
  const open = snapshots.filter((snapshot) => !snapshot.isSealed);
  const isFinal = isSettled(decision.status) && open.length === 0;
  const looks = (isFinal ? snapshots : open).map((snapshot) => snapshot.takenAt);
  const accepted = snapshots.reduce((sum, snapshot) => sum + snapshot.seq, 0);
  return {
    decisionId: decision.id,
    status: decision.status,
    visibility: decision.visibility,
    smallCellsMin: decision.smallCellsMin,
    version: accepted + lifecycleSteps[decision.status],
    accepted,
    isFinal,
    asOf: looks.length === 0 ? now : isFinal ? Math.max(...looks) : Math.min(...looks),
    roll: decision.roll,
    total: sumRegionTallies(tally.values()),
    regions,
  };
}
