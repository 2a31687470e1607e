import type { DecisionDraft, Manifest } from "./decision.ts";
import type { Roll } from "./roll.ts";
import { planShardMap } from "./shard-map.ts";

/** Freezes a draft into what every vote will be judged by; without a later `opensAt` it opens at `now` (ms). */
export function freezeManifest(draft: DecisionDraft, roll: Roll | null, now: number): Manifest {
  return {
    version: 1,
    decisionId: draft.id,
    title: draft.title,
    description: draft.description,
    regions: draft.regions,
    electorate: draft.electorate,
    roll,
    revotePolicy: draft.revotePolicy,
    opensAt: Math.max(draft.opensAt ?? now, now),
    closesAt: draft.closesAt,
    weightMax: draft.weightMax,
    login: draft.login,
    shardMap: planShardMap(draft.shards, draft.places),
  };
}

/** The text whose SHA-256 is the manifest's hash: JSON with members sorted by name, so that a stranger can rebuild it (RFC 8785 for these types). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isPlainObject(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
