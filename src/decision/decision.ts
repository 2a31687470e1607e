import type { Roll } from "./roll.ts";
import type { Place, ShardMap } from "./shard-map.ts";

/** Whether a voter's first ballot stands, or the newest one counts. */
export type RevotePolicy = "final" | "revisable";

export type DecisionStatus = "draft" | "scheduled" | "open" | "closing" | "closed" | "cancelled";

/** Who may vote: whoever holds a valid credential, or the voters of an imported list. */
export const electorates = ["open", "roll"] as const;
export type Electorate = (typeof electorates)[number];

export type Region = { code: string; name: string };

/** A login service whose word on voters the decision takes, and how it reads it: which claim is the voter_id, and which the region. */
export type ExternalLogin = { issuer: string; voterClaim: string; regionClaim: string | null };

/** What an organiser writes; times are milliseconds since 1970, null where none is set. */
export type DecisionDraft = {
  id: string;
  title: string;
  description: string;
  regions: readonly Region[];
  electorate: Electorate;
  revotePolicy: RevotePolicy;
  opensAt: number | null;
  closesAt: number | null;
  shards: number;
  places: readonly Place[];
  weightMax: number;
  login: ExternalLogin | null;
};

/** A draft frozen at opening, with the map that routes its voters. Its hash is public. */
export type Manifest = {
  version: 1;
  decisionId: string;
  title: string;
  description: string;
  regions: readonly Region[];
  electorate: Electorate;
  /** Null in an open electorate. */
  roll: Roll | null;
  revotePolicy: RevotePolicy;
  opensAt: number;
  closesAt: number | null;
  weightMax: number;
  login: ExternalLogin | null;
  shardMap: ShardMap;
};

/** The room's whole record of a decision but its seals. */
export type Decision = {
  draft: DecisionDraft;
  /** The organiser that drafted it and manages it; null where an admin drafted it. */
  owner: string | null;
  status: DecisionStatus;
  createdAt: number;
  /** The import in force, which opening freezes into the manifest; null before the first. */
  roll: Roll | null;
  manifest: Manifest | null;
  manifestHash: string | null;
};
