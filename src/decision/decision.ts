import type { Place, ShardMap } from "./shard-map.ts";

/** Whether a voter's first ballot stands, or the newest one counts. */
export type RevotePolicy = "final" | "revisable";

export type DecisionStatus = "draft" | "scheduled" | "open" | "closing" | "closed" | "cancelled";

export type Region = { code: string; name: string };

/** What an organiser writes; times are milliseconds since 1970, null where none is set. */
export type DecisionDraft = {
  id: string;
  title: string;
  description: string;
  regions: readonly Region[];
  revotePolicy: RevotePolicy;
  opensAt: number | null;
  closesAt: number | null;
  shards: number;
  places: readonly Place[];
  weightMax: number;
};

/** A draft frozen at opening, with the map that routes its voters. Its hash is public. */
export type Manifest = {
  version: 1;
  decisionId: string;
  title: string;
  description: string;
  regions: readonly Region[];
  revotePolicy: RevotePolicy;
  opensAt: number;
  closesAt: number | null;
  weightMax: number;
  shardMap: ShardMap;
};

/** The room's whole record of a decision but its seals. */
export type Decision = {
  draft: DecisionDraft;
  status: DecisionStatus;
  createdAt: number;
  manifest: Manifest | null;
  manifestHash: string | null;
};
