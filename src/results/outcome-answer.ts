import { invariant } from "../shared/invariant.ts";
import { isoOrNull } from "../shared/iso-or-null.ts";
import type { Manifest } from "../decision/decision.ts";
import { evaluateResult } from "./decision-outcome.ts";
import type { PublicResult } from "./public-result.ts";
import type { DecisionResult } from "./result.ts";
import type { ShardSnapshot } from "./shard-snapshot.ts";

/** When a decision ended, in ms; null for not yet. */
export type OutcomeTimes = { closedAt: number | null; certifiedAt: number | null };

/** What a final outcome is computed from. */
interface FinalOutcomeInput {
  manifest: Manifest;
  manifestHash: string;
  times: OutcomeTimes;
  result: DecisionResult;
  /** The seal of every shard. */
  seals: readonly ShardSnapshot[];
  /** The regions whose figures are shown; null for all. */
  shown: readonly string[] | null;
  /** How often stations asked whether a voter has voted. */
  lookUps: number;
}

/** The final outcome of a decision, with everything that it was computed from. */
export function finalOutcome(input: FinalOutcomeInput) {
  const { manifest, manifestHash, times, result, seals, shown, lookUps } = input;
  invariant(seals.length === manifest.shardMap.length, "an outcome is computed from every seal");
  return {
    decision_id: result.decisionId,
    ...viewHead(manifest, times),
    version: result.version,
    final: true,
    as_of: new Date(result.asOf).toISOString(),
    // Final figures do not age, and the answer stays the same byte for byte.
    age_ms: 0,
    manifest_hash: manifestHash,
    ...evaluateResult(manifest, result, shown),
    look_ups: lookUps,
    tokens: result.tokens,
    seals: seals
      .toSorted((a, b) => a.shard - b.shard)
      .map(({ shard, seq, takenAt }) => ({
        shard,
        seq,
        sealed_at: new Date(takenAt).toISOString(),
      })),
  };
}

/** What heads a certificate. */
function viewHead(
  { title, opensAt, rehearsal }: Manifest,
  { closedAt, certifiedAt }: OutcomeTimes,
) {
  return {
    title,
    // It may be shown without its manifest.
    ...(rehearsal === true ? { rehearsal } : {}),
    opened_at: isoOrNull(opensAt),
    closed_at: isoOrNull(closedAt),
    certified_at: isoOrNull(certifiedAt),
  };
}

/**
 * The outcome of an open decision as JSON text, which is written once: some 20 kB with 27 regions.
 * Each answer puts its own age into it, at `now` (ms).
 */
export function liveOutcome(
  manifest: Manifest,
  manifestHash: string,
  result: PublicResult,
): (now: number) => string {
  const head = {
    decision_id: result.decisionId,
    ...viewHead(manifest, { closedAt: null, certifiedAt: null }),
    version: result.version,
    final: false,
    as_of: new Date(result.asOf).toISOString(),
  };
  // What is known is public, and what follows from it too: nothing has to be left out.
  const evaluated = evaluateResult(manifest, result, null);
  const { tokens } = result;
  const rest = { manifest_hash: manifestHash, ...evaluated, tokens, seals: [] };
  const [before, after] = [JSON.stringify(head).slice(0, -1), JSON.stringify(rest).slice(1)];
  return (now) => `${before},"age_ms":${Math.max(0, now - result.asOf)},${after}`;
}
