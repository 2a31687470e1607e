import { z } from "zod";
import {
  electorates,
  type Decision,
  type ElectorateSize,
  type ExternalLogin,
  visibilities,
} from "./decision.ts";
import { readRuleText } from "./decision-rule.ts";
import type { Roll } from "./roll.ts";
import { locationHints } from "./shard-map.ts";

export const statuses = [
  "draft",
  "scheduled",
  "open",
  "closing",
  "closed",
  "certified",
  "cancelled",
] as const;

const figuresShape = { voters: z.int(), weight: z.string() };

/** Whose logins a decision takes, as the API shows it. */
export const loginSchema = z.object({
  issuer: z.string(),
  voter_claim: z.string(),
  region_claim: z.string().nullable(),
});

/** A decision as the API shows it. */
export const decisionSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.enum(statuses),
  revote_policy: z.enum(["final", "revisable"]),
  electorate: z.enum(electorates),
  electorate_size: z
    .object({
      ...figuresShape,
      regions: z.array(z.object({ region: z.string(), ...figuresShape })),
    })
    .nullable(),
  extension: z.object({ minutes: z.int(), extended: z.boolean() }).nullable(),
  early_finish: z.boolean(),
  rule: z.record(z.string(), z.unknown()),
  roll: z
    .object({ import: z.int(), hash: z.string(), voters: z.int(), weight: z.string() })
    .nullable(),
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  shards: z.int(),
  location_hints: z.array(z.enum(locationHints)),
  weight_max: z.int(),
  visibility: z.enum(visibilities),
  small_cells_min: z.int(),
  login: loginSchema.nullable(),
  opens_at: z.iso.datetime().nullable(),
  closes_at: z.iso.datetime().nullable(),
  closed_at: z.iso
    .datetime()
    .nullable()
    .describe(
      "When it really closed: at the end of its window or, where it was ended before that, when the last of its shards was sealed, after which no ballot was taken (the latest `sealed_at` of its outcome). Null until then, and of what was cancelled",
    ),
  created_at: z.iso.datetime(),
  manifest_hash: z.string().nullable(),
});
export type DecisionView = z.infer<typeof decisionSchema>;

export function viewDecision({
  draft,
  status,
  createdAt,
  manifest,
  manifestHash,
  roll,
  extendedTo,
  closedAt,
}: Decision): DecisionView {
  return {
    id: draft.id,
    title: draft.title,
    description: draft.description,
    status,
    revote_policy: draft.revotePolicy,
    electorate: draft.electorate,
    electorate_size: draft.electorate === "open" ? viewSize(draft.electorateSize) : null,
    extension:
      draft.extensionMinutes === null
        ? null
        : { minutes: draft.extensionMinutes, extended: extendedTo !== null },
    early_finish: draft.isEarlyFinish,
    rule: { ...readRuleText(draft.rule) },
    roll: draft.electorate === "open" || roll === null ? null : viewRoll(roll),
    regions: draft.regions.map(({ code, name }) => ({ code, name })),
    shards: draft.shards,
    location_hints: [...draft.locationHints],
    weight_max: draft.weightMax,
    visibility: draft.visibility,
    small_cells_min: draft.smallCellsMin,
    login: draft.login === null ? null : viewLogin(draft.login),
    opens_at: isoOrNull(manifest?.opensAt ?? draft.opensAt),
    closes_at: isoOrNull(extendedTo ?? draft.closesAt),
    closed_at: isoOrNull(closedAt),
    created_at: new Date(createdAt).toISOString(),
    manifest_hash: manifestHash,
  };
}

function viewLogin({ issuer, voterClaim, regionClaim }: ExternalLogin) {
  return { issuer, voter_claim: voterClaim, region_claim: regionClaim };
}

function viewRoll({ import: number, hash, voters, weight }: Roll) {
  return { import: number, hash, voters, weight };
}

function viewSize(size: ElectorateSize | null) {
  return size === null ? null : { ...size, regions: [...size.regions] };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
