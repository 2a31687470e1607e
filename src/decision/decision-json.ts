import { z } from "zod";
import { statuses, type Decision } from "./decision.ts";
import { isoOrNull } from "../shared/iso-or-null.ts";
import { showDraft, shownDraftShape } from "./draft-fields.ts";
import { measureSchema, noteRule, ruleWarningsSchema } from "./rule-notes.ts";
import { showingSchema, viewShowing } from "./showing-terms.ts";
import type { Roll } from "./roll.ts";

/** A decision as the API shows it. */
export const decisionSchema = z.object({
  id: z.string(),
  ...shownDraftShape,
  status: z.enum(statuses),
  roll: z
    .object({ import: z.int(), hash: z.string().nullable(), voters: z.int(), weight: z.string() })
    .nullable(),
  map: z
    .object({ hash: z.string(), bytes: z.int() })
    .nullable()
    .describe("The map of its regions that its organiser has drawn: SHA-256 and size of `…/map`"),
  closed_at: z.iso
    .datetime()
    .nullable()
    .describe(
      "When it really closed: at the end of its window or, where it was ended before that, when the last of its shards was sealed, after which no ballot was taken (the latest `sealed_at` of its outcome). Null until then, and of what was cancelled",
    ),
  certified_at: z.iso.datetime().nullable().describe("When it was certified; null until then"),
  forgotten_at: z.iso
    .datetime()
    .nullable()
    .describe(
      "When its keys, roll and ballots were forgotten, as `retention` says; null until then",
    ),
  created_at: z.iso.datetime(),
  manifest_hash: z.string().nullable(),
  showing: showingSchema,
  measure: measureSchema,
  warnings: ruleWarningsSchema,
});
export type DecisionView = z.infer<typeof decisionSchema>;

/** Shows a decision; its text is also the database's document of it. */
export function viewDecision(decision: Decision): DecisionView {
  const { draft, status, createdAt, manifestHash, roll, map } = decision;
  const { closedAt, certifiedAt, forgottenAt } = decision;
  return {
    id: draft.id,
    ...showDraft(decision),
    status,
    roll: draft.electorate === "open" || roll === null ? null : viewRoll(decision, roll),
    map,
    closed_at: isoOrNull(closedAt),
    certified_at: isoOrNull(certifiedAt),
    forgotten_at: isoOrNull(forgottenAt),
    created_at: new Date(createdAt).toISOString(),
    manifest_hash: manifestHash,
    showing: viewShowing(draft),
    ...noteRule(decision),
  };
}

function viewRoll(decision: Decision, { import: number, voters, weight }: Roll) {
  return { import: number, hash: shownRollHash(decision), voters, weight };
}

/**
 * The roll's hash, or null before the opening: whoever imports rolls of few voters could keep the
 * hash of each, and know these voters by it later.
 */
export function shownRollHash({ manifest }: Pick<Decision, "manifest">): string | null {
  return manifest?.roll?.hash ?? null;
}
