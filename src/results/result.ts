import {
  emptyRegionTally,
  sumRegionTallies,
  sumTallies,
  type RegionTally,
  type Tally,
} from "../ballot/tally.ts";
import type { Roll } from "../decision/roll.ts";
import type { DecisionStatus, Visibility } from "../decision/decision.ts";
import { isSettled, lifecycleSteps } from "../decision/lifecycle.ts";
import { noTokens, type TokenCounts } from "../decision/token-counts.ts";
import type { Exposure } from "./exposure.ts";
import type { ShardSnapshot } from "./shard-snapshot.ts";

/**
 * The merged tally of a decision, with how fresh it is. True figures: what readers get of them is
 * what `showResult` makes.
 */
export type DecisionResult = {
  decisionId: string;
  status: DecisionStatus;
  visibility: Visibility;
  /** How much of it may be known. */
  exposure: Exposure;
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
  /** Ballot tokens so far; nothing of a vote is in them, and no version follows from them. */
  tokens: TokenCounts;
};

/** What a result says of its decision. */
export interface ResultDecision {
  id: string;
  status: DecisionStatus;
  regions: readonly string[];
  roll: Roll | null;
  visibility: Visibility;
  exposure: Exposure;
  tokens?: TokenCounts;
}

/** What the shards of a decision come to together. */
export interface MergedShards {
  heads: Iterable<Pick<ShardSnapshot, "seq" | "takenAt" | "isSealed">>;
  tally: Tally;
  total: RegionTally;
}

/** A region without a ballot; never changed. */
const noVotes = emptyRegionTally();

/**
 * The result of a decision; `now` (ms) is when one that has no shards yet was looked at.
 */
export function toResult(
  decision: ResultDecision,
  { heads, tally, total }: MergedShards,
  now: number,
): DecisionResult {
  const regions = new Map(decision.regions.map((region) => [region, tally.get(region) ?? noVotes]));
  const all = [...heads];
  const open = all.filter(({ isSealed }) => !isSealed);
  const isFinal = isSettled(decision.status) && open.length === 0;
  const looks = (isFinal ? all : open).map(({ takenAt }) => takenAt);
  const accepted = all.reduce((sum, { seq }) => sum + seq, 0);
  return {
    decisionId: decision.id,
    status: decision.status,
    visibility: decision.visibility,
    exposure: decision.exposure,
    version: accepted + lifecycleSteps[decision.status],
    accepted,
    isFinal,
    asOf: looks.length === 0 ? now : isFinal ? Math.max(...looks) : Math.min(...looks),
    roll: decision.roll,
    total,
    regions,
    tokens: decision.tokens ?? noTokens,
  };
}

/** The result from snapshots of all shards, summed anew; `now` as above. */
export function mergeResult(
  decision: ResultDecision,
  snapshots: readonly ShardSnapshot[],
  now: number,
): DecisionResult {
  const tally = sumTallies(snapshots.map((snapshot) => snapshot.tally));
  const total = sumRegionTallies(tally.values());
  return toResult(decision, { heads: snapshots, tally, total }, now);
}
