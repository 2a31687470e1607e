import type { Manifest } from "../../decision/decision.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { evaluateResult } from "../../results/decision-outcome.ts";
import type { AuditAnswer, OutcomeAnswer } from "../api/answers.ts";
import { newRegionCount, sumRegions, type TallyCount } from "../count/tally-count.ts";
import type { Difference } from "./difference.ts";
import type { HashedManifest } from "./read-manifest.ts";

export type OutcomeCheck = {
  decision: string;
  answer: OutcomeAnswer;
  manifest: HashedManifest;
  recount: TallyCount;
  shards: AuditAnswer["shards"];
};

/**
 * Evaluates the frozen rule on the recount, and compares the instance's outcome with that, figure
 * by figure.
 */
export function checkOutcome(check: OutcomeCheck): Difference[] {
  const { decision, answer, recount, shards } = check;
  const { document, hash } = check.manifest;
  const differences: Difference[] = [];
  const report = (where: string, expected: string, actual: string) => {
    if (expected === actual) return;
    differences.push({ kind: "wrong", decision, layer: "outcome", where, expected, actual });
  };
  report("manifest hash", hash, answer.manifest_hash);
  const seals = shards.map(({ shard, seq }) => `shard ${shard} up to seq ${seq}`).join(", ");
  const sealed = answer.seals.map(({ shard, seq }) => `shard ${shard} up to seq ${seq}`).join(", ");
  report("seals", seals, sealed);

  const regions = document.regions.map(
    ({ code }) => [code, recount.get(code) ?? newRegionCount()] as const,
  );
  const total = sumRegions(recount);
  // Its hash says that these are the members that were frozen.
  const manifest = { ...document, rule: JSON.stringify(document.rule) } as unknown as Manifest;
  // Compared as it was given, member by member.
  const given: Record<string, unknown> = answer;
  const isRollCall = manifest.disclosure === "roll_call";
  const shown = isRollCall ? null : answer.tally.regions.map(({ region }) => region);
  const result = { total, regions: new Map(regions), isFinal: true };
  const evaluated = evaluateResult(manifest, result, shown);
  for (const [member, expected] of Object.entries(evaluated)) {
    report(member, canonicalJson(expected), canonicalJson(given[member]));
  }
  return differences;
}
