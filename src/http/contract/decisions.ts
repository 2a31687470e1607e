import { z } from "@hono/zod-openapi";
import { decisionSchema, statuses } from "../../decision/decision-json.ts";
import { defaultPreset } from "../../decision/decision-rule.ts";
import { electorates, visibilities } from "../../decision/decision.ts";
import { locationHints } from "../../decision/shard-map.ts";
import { limits } from "../../shared/limits.ts";
import {
  decisionIdSchema,
  decisionParams,
  jsonContent,
  jsonRequest,
  keySecurity,
  pageOf,
  pageQuery,
  regionCodeSchema,
  textSchema,
  timeSchema,
  weightSchema,
  wholeNumberText,
} from "./common.ts";
import { route } from "./route.ts";
import type { ProblemCode } from "../problems/problems.ts";

const regionSchema = z.strictObject({
  code: regionCodeSchema,
  name: textSchema(limits.regionNameCharactersMax).min(1).optional(),
});

/** How the voters of a decision log in elsewhere; chosen among the issuers that the deployment trusts. */
const loginDraftSchema = z.strictObject({
  issuer: textSchema(limits.claimNameCharactersMax),
  voter_claim: textSchema(limits.claimNameCharactersMax).min(1).default("sub"),
  region_claim: textSchema(limits.claimNameCharactersMax).min(1).nullable().default(null),
});

/** Judged by the rule's own reader, which names place and reason. */
const ruleSchema = z.record(z.string(), z.unknown()).openapi({
  description:
    "What carries it: a rule's document (docs/rules.md), or `{preset}` with its name, and `tables` or `groups` in place of its own",
  example: { preset: "simple-majority" },
});

const sizeShape = { voters: z.int().min(1), weight: wholeNumberText.optional() };
const electorateSizeSchema = z
  .strictObject({
    ...sizeShape,
    regions: z
      .array(z.strictObject({ region: regionCodeSchema, ...sizeShape }))
      .max(limits.regionsMax)
      .default([]),
  })
  .refine(
    ({ voters, regions }) => regions.reduce((sum, region) => sum + region.voters, 0) <= voters,
    "the regions have no more voters than the whole",
  );

const draftShape = {
  title: textSchema(limits.titleCharactersMax)
    .min(1)
    .openapi({ example: "Restore the delta's mangroves" }),
  description: textSchema(limits.descriptionCharactersMax),
  regions: z
    .array(regionSchema)
    .max(limits.regionsMax)
    .refine(
      (regions) => new Set(regions.map((region) => region.code)).size === regions.length,
      "every region's code stands once",
    ),
  electorate: z.enum(electorates).openapi({
    description: "`open`: whoever holds a valid credential; `roll`: the voters of an imported list",
  }),
  electorate_size: electorateSizeSchema.nullable().openapi({
    description:
      "How many may vote in an open electorate, for a rule that counts by them; a roll counts its own voters",
  }),
  extension: z
    .strictObject({ minutes: z.int().min(1).max(limits.extensionMinutesMax) })
    .nullable()
    .openapi({
      description:
        "A quorum that is reached in the last so many minutes extends the window once by as many; it is decided ten seconds before the end",
    }),
  early_finish: z.boolean().openapi({
    description:
      "Close as soon as no vote to come can change the outcome; only with a roll and final votes",
  }),
  rule: ruleSchema,
  revote_policy: z.enum(["final", "revisable"]),
  opens_at: timeSchema.nullable(),
  closes_at: timeSchema.nullable(),
  shards: z.int().min(1).max(limits.shardsMax).openapi({
    description:
      "How many objects share the votes, each a few hundred a second. The only one of a decision is its room's object, too; frozen at opening",
  }),
  location_hints: z.array(z.enum(locationHints)).max(limits.shardsMax).openapi({
    description:
      "Where Cloudflare is asked to put them, in turn; `[]` leaves it to where the first caller is. Where an only shard lives is settled when the decision is created",
  }),
  weight_max: weightSchema.openapi({
    description:
      "The largest weight that a token or a station may give a voter; a roll has no such bound",
  }),
  visibility: z.enum(visibilities).openapi({
    description:
      "What anybody, officials too, sees before the close: `live` every count, `turnout` how many voted and never how, `sealed` nothing. Votes of the last two need an Idempotency-Key.",
  }),
  small_cells_min: z
    .int()
    .min(0)
    .max(limits.smallCellsMinMax)
    .refine(
      (least) => least !== 1,
      "0, or at least 2: a cell of one ballot is what is to be hidden",
    )
    .openapi({
      description:
        "Regions with fewer counted ballots are shown merged into one cell, after the close too; 0 merges none",
    }),
  login: loginDraftSchema.nullable().openapi({
    description:
      "Voters may exchange an ID token of this issuer for a ballot token: `voter_claim` is the voter_id and, in an open electorate, `region_claim` the region",
  }),
};

const isWindowForward = (draft: {
  opens_at?: string | null | undefined;
  closes_at?: string | null | undefined;
}) =>
  !draft.opens_at || !draft.closes_at || Date.parse(draft.opens_at) < Date.parse(draft.closes_at);
const windowMessage = { message: "closes_at comes after opens_at", path: ["closes_at"] };

export const decisionDraftSchema = z
  .strictObject({
    id: decisionIdSchema.optional(),
    title: draftShape.title,
    description: draftShape.description.default(""),
    regions: draftShape.regions.default([]),
    electorate: draftShape.electorate.default("open"),
    electorate_size: draftShape.electorate_size.default(null),
    extension: draftShape.extension.default(null),
    early_finish: draftShape.early_finish.default(false),
    rule: draftShape.rule.default({ preset: defaultPreset }),
    revote_policy: draftShape.revote_policy.default("final"),
    opens_at: draftShape.opens_at.default(null),
    closes_at: draftShape.closes_at.default(null),
    shards: draftShape.shards.default(1),
    location_hints: draftShape.location_hints.default([]),
    weight_max: draftShape.weight_max.default(1),
    visibility: draftShape.visibility.default("live"),
    small_cells_min: draftShape.small_cells_min.default(0),
    login: draftShape.login.default(null),
    open: z.boolean().default(false).openapi({
      description:
        "Open it in the same step, as `/open` does; where that is refused nothing is drafted either",
    }),
  })
  .refine(isWindowForward, windowMessage);

export const decisionChangesSchema = z
  .strictObject(draftShape)
  .partial()
  .refine(isWindowForward, windowMessage);

export const createDecision = route({
  method: "post",
  path: "/api/v1/decisions",
  summary: "Draft a decision, and open it where that is asked",
  description:
    "The same body with the same `id` finds the decision as it stands, so a retry is safe.",
  security: keySecurity("admin", "organiser"),
  request: jsonRequest(decisionDraftSchema),
  errors: [
    "decision.exists",
    "rule.invalid",
    "login.unknown_issuer",
    "decision.window_passed",
    "roll.missing",
    "roll.outdated",
    "shard.unavailable",
  ],
  responses: {
    201: jsonContent(decisionSchema, "Drafted"),
    200: jsonContent(decisionSchema, "It was drafted before"),
  },
});

export const listDecisions = route({
  method: "get",
  path: "/api/v1/decisions",
  summary: "List decisions, newest first",
  request: { query: pageQuery.extend({ status: z.enum(statuses).optional() }) },
  errors: [],
  responses: { 200: jsonContent(pageOf(decisionSchema), "A page") },
});

export const readDecision = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}",
  summary: "Read a decision",
  request: { params: decisionParams },
  errors: [],
  responses: { 200: jsonContent(decisionSchema, "The decision") },
});

export const amendDecision = route({
  method: "patch",
  path: "/api/v1/decisions/{decisionId}",
  summary: "Change a draft",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams, ...jsonRequest(decisionChangesSchema) },
  errors: [
    "decision.not_draft",
    "decision.window_backwards",
    "rule.invalid",
    "login.unknown_issuer",
  ],
  responses: {
    200: jsonContent(decisionSchema, "Changed"),
  },
});

export const openDecision = step({
  name: "open",
  summary: "Freeze the manifest and open, now or at `opens_at`",
  errors: [
    "decision.already_ended",
    "decision.window_passed",
    "roll.missing",
    "roll.outdated",
    "shard.unavailable",
  ],
});

export const closeDecision = step({
  name: "close",
  summary: "Close: shards are sealed, the result is final",
  errors: ["decision.not_open", "decision.already_ended", "shard.unavailable"],
});

export const cancelDecision = step({
  name: "cancel",
  summary: "End without a result",
  errors: ["decision.already_ended", "shard.unavailable"],
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
    responses: { 200: jsonContent(decisionSchema, "Done") },
  });
}
