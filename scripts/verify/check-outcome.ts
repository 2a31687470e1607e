import { createHash } from "node:crypto";
import type { Manifest } from "../../src/decision/decision.ts";
import { canonicalJson } from "../../src/decision/manifest.ts";
import { judgeResult } from "../../src/results/decision-outcome.ts";
import type { ApiClient } from "../client/api-client.ts";
import {
  manifestSchema,
  outcomeSchema,
  type AuditAnswer,
  type DecisionAnswer,
} from "../client/contract.ts";
import { newRegionCount, sumRegions, type TallyCount } from "../count/tally-count.ts";
import type { Difference } from "./difference.ts";

/** Judges the recount by the rule of the frozen manifest, and compares the outcome that the instance gives with that, figure by figure. */
export async function checkOutcome(
  client: ApiClient,
  { id, manifest_hash }: Pick<DecisionAnswer, "id" | "manifest_hash">,
  recount: TallyCount,
  shards: AuditAnswer["shards"],
): Promise<Difference[]> {
  const differences: Difference[] = [];
  const report = (
    layer: "manifest" | "outcome",
    place: string,
    expected: string,
    actual: string,
  ) => {
    if (expected === actual) return;
    differences.push({ kind: "wrong", decision: id, layer, place, expected, actual });
  };
  const document = await client.get(`/decisions/${id}/manifest`, manifestSchema);
  const hash = createHash("sha256").update(canonicalJson(document)).digest("hex");
  report("manifest", "hash", hash, String(manifest_hash));

  const answer = await client.get(`/decisions/${id}/outcome`, outcomeSchema);
  report("outcome", "manifest hash", hash, answer.manifest_hash);
  const seals = shards.map(({ shard, seq }) => `shard ${shard} up to seq ${seq}`).join(", ");
  const sealed = answer.seals.map(({ shard, seq }) => `shard ${shard} up to seq ${seq}`).join(", ");
  report("outcome", "seals", seals, sealed);

  const regions = document.regions.map(
    ({ code }) => [code, recount.get(code) ?? newRegionCount()] as const,
  );
  const total = sumRegions(recount);
  // The hash above says that these are the members that were frozen.
  const manifest = { ...document, rule: JSON.stringify(document.rule) } as unknown as Manifest;
  const judged = judgeResult(manifest, { total, regions: new Map(regions), isFinal: true });
  for (const [member, expected] of Object.entries(judged)) {
    report("outcome", member, canonicalJson(expected), canonicalJson(answer[member]));
  }
  return differences;
}
