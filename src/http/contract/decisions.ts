import { z } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import { decisionSchema } from "../../decision/decision-json.ts";
import { statuses } from "../../decision/decision.ts";
import { measureSchema, ruleWarningsSchema } from "../../decision/rule-notes.ts";
import { tieRules } from "../../rules/rule.ts";
import { listedResultSchema } from "../../results/listed-result.ts";
import { changesShape, draftShape } from "../../decision/draft-fields.ts";
import {
  decisionSlugSchema,
  decisionParams,
  jsonContent,
  jsonRequest,
  keySecurity,
  pageOf,
  pageQuery,
  readerSecurity,
} from "./common.ts";
import { bookmarkedContent, bookmarkParameters } from "./read-bookmark.ts";
import { route } from "./route.ts";
import { keepTexts, writtenTexts } from "./texts-by-language.ts";
import type { ProblemCode } from "../problems/problems.ts";

const isWindowForward = (draft: {
  opens_at?: string | null | undefined;
  closes_at?: string | null | undefined;
}) =>
  !draft.opens_at || !draft.closes_at || Date.parse(draft.opens_at) < Date.parse(draft.closes_at);
const windowMessage = { message: "closes_at comes after opens_at", path: ["closes_at"] };

export const decisionDraftSchema = z
  .strictObject({
    slug: decisionSlugSchema.optional(),
    ...draftShape,
    title: writtenTexts.title,
    description: writtenTexts.description.default(""),
    open: z.boolean().default(false).openapi({
      description:
        "Open it in the same step, as `/open` does; where that is refused nothing is drafted either",
    }),
  })
  .refine(isWindowForward, windowMessage)
  .transform(keepTexts);

export const decisionChangesSchema = z
  .strictObject({ ...changesShape, ...writtenTexts })
  .partial()
  .refine(isWindowForward, windowMessage)
  .transform(keepTexts);

/**
 * Named, so that the document has it once for all routes that answer with it. Extended by nothing:
 * only schemas that are made after the contract's library was loaded have its methods.
 */
const decisionAnswer = decisionSchema.extend({}).openapi("Decision");

export const listedDecision = decisionSchema
  .extend({
    result: listedResultSchema.nullable().meta({
      description:
        "Its results as a whole, as far as `/results` shows them, and what its rule says of them once it is closed. Of an open decision up to a minute behind; null where nothing is shown yet",
    }),
  })
  .openapi("ListedDecision");

export const createDecisionRoute = route({
  method: "post",
  path: "/api/v1/decisions",
  summary: "Draft a decision, and open it where that is asked",
  description:
    "The same body with the same `slug` finds the decision as it stands, so a retry is safe. The answer's `id` is the slug, a hyphen and a mac of the deployment.",
  security: keySecurity("admin", "organiser"),
  request: jsonRequest(decisionDraftSchema),
  errors: [
    "decision.exists",
    "rule.invalid",
    "placement.invalid",
    "login.unknown_issuer",
    "decision.no_end",
    "decision.window_passed",
    "roll.missing",
    "roll.outdated",
    "roll.refused_rows",
    "roll.small_cells",
    "roll.small_groups",
    "shard.unavailable",
  ],
  responses: {
    201: jsonContent(decisionAnswer, "Drafted"),
    200: jsonContent(decisionAnswer, "It was drafted before"),
  },
});

export const listDecisionsRoute = route({
  method: "get",
  path: "/api/v1/decisions",
  security: readerSecurity,
  summary: "List decisions, newest first",
  request: { query: pageQuery.extend({ status: z.enum(statuses).optional() }) },
  parameters: bookmarkParameters,
  errors: ["database.unavailable"],
  responses: { 200: bookmarkedContent(pageOf(listedDecision), "A page") },
});

export const readDecisionRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}",
  security: readerSecurity,
  summary: "Read a decision",
  description:
    "Without a key it may be a second old, and never older than the ETag in If-None-Match says. The ETag of a draft is strong: it is for If-Match.",
  request: { params: decisionParams },
  errors: [],
  responses: {
    200: jsonContent(decisionAnswer, "The decision"),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

/** Read by hand, as the Idempotency-Key is. */
const ifMatchParameters = [
  {
    name: "If-Match" as const,
    in: "header" as const,
    required: false,
    schema: { type: "string" as const },
    description:
      "The ETag with which the draft was read: where it has changed since, nothing is done (RFC 9110, 13.1.1). An opened decision has no tag that matches. What is done already is answered as done",
  },
];

const ruleDescriptionSchema = z
  .object({
    title: z.string(),
    on_tie: z.enum(tieRules),
    requirements: z.array(
      z.object({
        id: z.string(),
        quorum: z.boolean(),
        clause: z.looseObject({ type: z.string() }),
        deemed_met_when: z.looseObject({ type: z.string() }).nullable(),
      }),
    ),
  })
  .openapi("RuleDescription", {
    description:
      "Clauses to be put into words of any language (docs/rules.md, Clauses). Figures are exact; nothing else is text but what the rule itself names",
  });

export const readRuleRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/rule",
  security: readerSecurity,
  summary: "Read a decision's rule, taken apart into clauses",
  request: { params: decisionParams },
  errors: [],
  responses: {
    200: jsonContent(
      z.object({
        decision_id: z.string(),
        rule: z.record(z.string(), z.unknown()),
        description: ruleDescriptionSchema,
        measure: measureSchema,
        warnings: ruleWarningsSchema,
      }),
      "The rule",
    ),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

export const amendDecisionRoute = route({
  method: "patch",
  path: "/api/v1/decisions/{decisionId}",
  summary: "Change a draft",
  security: keySecurity("admin", "organiser"),
  parameters: ifMatchParameters,
  request: { params: decisionParams, ...jsonRequest(decisionChangesSchema) },
  errors: [
    "decision.not_draft",
    "decision.window_backwards",
    "decision.window_passed",
    "decision.too_large",
    "rule.invalid",
    "placement.invalid",
    "login.unknown_issuer",
  ],
  responses: {
    200: jsonContent(decisionAnswer, "Changed"),
  },
});

const openingSchema = z.strictObject({
  acknowledge_small_cells: z.boolean().optional().openapi({
    description:
      "Open also where fewer on the roll share region and weight than are shown together: totals may name them. It is recorded publicly",
  }),
  acknowledge_small_groups: z.boolean().optional().openapi({
    description:
      "Open also where a group of `placement` has fewer voters a shard than `small_cells_min` or ten: an outcome tells how many ballots each shard took. It is recorded publicly",
  }),
  accept_refused_rows: z.int().min(0).max(limits.rollRowsMax).optional().openapi({
    description:
      "How many rows of the roll's file were refused (`roll.refused.rows` of the roll), where any were: whoever opens knows that these voters are missing. It is recorded publicly",
  }),
});

export const openDecisionRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/open",
  summary: "Freeze the manifest and open, now or at `opens_at`",
  description: "Doing it again changes nothing.",
  security: keySecurity("admin", "organiser"),
  parameters: ifMatchParameters,
  request: {
    params: decisionParams,
    body: { required: false, content: { "application/json": { schema: openingSchema } } },
  },
  responses: { 200: jsonContent(decisionAnswer, "Done") },
  errors: [
    "decision.already_ended",
    "decision.no_end",
    "decision.window_passed",
    "roll.missing",
    "roll.outdated",
    "roll.refused_rows",
    "roll.small_cells",
    "roll.small_groups",
    "shard.unavailable",
  ],
});

export const closeDecisionRoute = step({
  name: "close",
  summary: "Close before `closes_at`, where the manifest allows that: the result is final",
  errors: ["decision.not_open", "decision.not_over", "decision.already_ended", "shard.unavailable"],
});

export const cancelDecisionRoute = {
  ...step({
    name: "cancel",
    summary: "End without a result, which stays public where it was opened",
    // The last where If-Match is sent.
    errors: ["decision.already_ended", "shard.unavailable", "decision.changed"],
  }),
  parameters: ifMatchParameters,
};

export const deleteDecisionRoute = route({
  method: "delete",
  path: "/api/v1/decisions/{decisionId}",
  summary: "Delete a cancelled draft, with its roll",
  description: "Its audit log stays for admins, and its id is not given again.",
  security: keySecurity("admin", "organiser"),
  parameters: ifMatchParameters,
  request: { params: decisionParams },
  errors: ["decision.not_deletable", "shard.unavailable"],
  responses: { 204: { description: "Deleted" } },
});

interface Step<Name extends string> {
  name: Name;
  summary: string;
  errors: readonly ProblemCode[];
}

function step<Name extends string>({ name, summary, errors }: Step<Name>) {
  return route({
    method: "post",
    path: `/api/v1/decisions/{decisionId}/${name}`,
    summary,
    description: "Doing it again changes nothing.",
    security: keySecurity("admin", "organiser"),
    request: { params: decisionParams },
    errors,
    responses: { 200: jsonContent(decisionAnswer, "Done") },
  });
}
