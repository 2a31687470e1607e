import type { Manifest, RevotePolicy } from "../decision/decision.ts";
import type { ShardAddress } from "./receipt.ts";

/** What a shard needs to judge a vote by itself: the part of the manifest that concerns it. */
export type VotingTerms = ShardAddress & {
  shards: number;
  opensAt: number;
  closesAt: number | null;
  revotePolicy: RevotePolicy;
  /** Codes of the decision's regions; empty where it has none, and then a ballot's region is empty too. */
  regions: ReadonlySet<string>;
  weightMax: number;
};

export function votingTerms(manifest: Manifest, shard: number): VotingTerms {
  return {
    decisionId: manifest.decisionId,
    shard,
    shards: manifest.shardMap.length,
    opensAt: manifest.opensAt,
    closesAt: manifest.closesAt,
    revotePolicy: manifest.revotePolicy,
    regions: new Set(manifest.regions.map((region) => region.code)),
    weightMax: manifest.weightMax,
  };
}
