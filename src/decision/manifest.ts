import type { Decision, Manifest } from "./decision.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import { readRuleText } from "./decision-rule.ts";
import type { Roll } from "./roll.ts";
import { planShardMap } from "./shard-map.ts";
import { voterIdFormOf } from "./voter-id-form.ts";
import { voterIdRulesVersion } from "../voter-id/voter-id.ts";

/**
 * Freezes a draft into what every vote will be checked against; without a later `opensAt` it opens
 * at `now` (ms).
 */
export function freezeManifest(
  { draft, map }: Pick<Decision, "draft" | "map">,
  roll: Roll | null,
  now: number,
): Manifest {
  const { id, shards: _shards, locationHints: _hints, placement, rehearsal, ...frozen } = draft;
  return {
    ...frozen,
    version: 1,
    voterIds: voterIdFormOf(draft),
    voterIdRules: voterIdRulesVersion,
    decisionId: id,
    roll,
    electorateSize: draft.electorate === "open" ? draft.electorateSize : null,
    opensAt: Math.max(draft.opensAt ?? now, now),
    shardMap: planShardMap(draft),
    ...(placement.length === 0 ? {} : { placement }),
    ...(map === null ? {} : { map }),
    ...(rehearsal ? { rehearsal } : {}),
  };
}

/**
 * The text whose SHA-256 is the manifest's hash, for anyone to rebuild: its JSON in canonical form,
 * with the rule as the document that it is.
 */
export function manifestText(manifest: Manifest): string {
  return canonicalJson({ ...manifest, rule: readRuleText(manifest.rule) });
}
