import { z } from "@hono/zod-openapi";
import { ruleOutcomeSchema } from "../../rules/outcome-json.ts";
import { forecastSchema } from "../../rules/forecast-json.ts";
import { regionCodeSchema, wholeNumberText } from "../../decision/draft-values.ts";
import { measureSchema, ruleWarningsSchema } from "../../decision/rule-notes.ts";
import { limits } from "../../shared/limits.ts";
import { iwcOutcome } from "./rule-example.ts";
import { jsonContent, jsonRequest } from "./common.ts";
import { route } from "./route.ts";

const wholeNumber = z.int().min(0);
const amountSchema = z.union([wholeNumber, wholeNumberText]);

/** Ballots and their weight; a figure alone is ballots of weight 1. */
const countSchema = z.union([
  amountSchema,
  z.strictObject({ ballots: amountSchema, weight: amountSchema }),
]);

const countsShape = {
  yes: countSchema.optional(),
  no: countSchema.optional(),
  abstain: countSchema.optional(),
  blank: countSchema.optional(),
  invalid: countSchema.optional(),
  present: countSchema.optional().openapi({
    description: "Without it, whoever cast a ballot counts as present",
  }),
  eligible: countSchema.optional(),
};
export type CountsBody = z.infer<z.ZodObject<typeof countsShape>>;

/** `parseRule` validates it: it names faults better than a schema of a recursive union can. */
const documentSchema = z.record(z.string(), z.unknown());

export const evaluationSchema = z
  .strictObject({
    preset: z.string().max(64).optional(),
    rule: documentSchema.optional().openapi({ description: "The rule's document; docs/rules.md" }),
    tables: documentSchema.optional().openapi({
      description: "Tables in place of the rule's own, such as another year's population",
    }),
    groups: documentSchema.optional().openapi({ description: "Groups in place of the rule's own" }),
    tally: z.strictObject(countsShape).optional().openapi({
      description: "The whole, where it is not the sum of the regions; what is left out is summed",
    }),
    regions: z
      .array(z.strictObject({ region: regionCodeSchema, ...countsShape }))
      .max(limits.regionsMax)
      .refine(
        (regions) => new Set(regions.map(({ region }) => region)).size === regions.length,
        "every region stands once",
      )
      .default([]),
    closed: z.boolean().default(true),
    casting_vote: z.enum(["yes", "no"]).optional(),
  })
  .refine((body) => (body.preset === undefined) !== (body.rule === undefined), {
    message: "a rule or the name of a preset, not both",
    path: ["rule"],
  })
  .refine((body) => body.tally !== undefined || body.regions.length > 0, {
    message: "a tally, regions, or both",
    path: ["tally"],
  })
  .openapi("RuleEvaluation", {
    example: { preset: "iwc-three-quarters", tally: { yes: 40, no: 14, abstain: 3 } },
  });
export type EvaluationBody = z.infer<typeof evaluationSchema>;

const evaluatedSchema = ruleOutcomeSchema
  .extend({ forecast: forecastSchema, measure: measureSchema, warnings: ruleWarningsSchema })
  .openapi("RuleOutcome", { example: iwcOutcome });

export const evaluateRuleRoute = route({
  method: "post",
  path: "/api/v1/rules/evaluate",
  summary: "Evaluate a rule on a tally",
  description:
    "What would a rule say of these figures? Nothing is stored. The answer gives every requirement with what was needed, what there was, and a sentence; of an open vote, what is still needed.",
  request: jsonRequest(evaluationSchema),
  errors: ["rule.invalid", "rule.figure_missing", "rule.too_much_work", "rule.preset_not_found"],
  responses: {
    200: jsonContent(evaluatedSchema, "The outcome, with its reasons"),
  },
});

const presetSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  rule: documentSchema,
});

export const listPresetsRoute = route({
  method: "get",
  path: "/api/v1/rules/presets",
  summary: "List the rules that come ready, with their sources",
  errors: [],
  responses: { 200: jsonContent(z.object({ items: z.array(presetSchema) }), "All of them") },
});
