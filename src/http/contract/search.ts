import { z } from "@hono/zod-openapi";
import { statuses } from "../../decision/decision.ts";
import { regionCodeSchema } from "../../decision/draft-values.ts";
import { verdicts } from "../../rules/outcome-json.ts";
import { limits } from "../../shared/limits.ts";
import { isKeepable } from "../../shared/storable-text.ts";
import {
  decisionParams,
  digitsOr,
  jsonContent,
  ownerSchema,
  queryFlag,
  readerSecurity,
} from "./common.ts";
import { listedDecision } from "./decisions.ts";
import { route } from "./route.ts";

/** What is opened has another status. */
const foundStatuses = statuses.filter((status) => status !== "draft");

/** Several of these in one parameter, with a comma between them. */
function listOf<Value extends string>(values: readonly Value[]) {
  return z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values)).max(values.length))
    .openapi({ type: "string", example: values.slice(0, 2).join(",") });
}

/** A date, which begins at midnight in UTC, or a moment. */
const since = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const searchQuery = z.object({
  q: z
    .string()
    .max(limits.searchCharactersMax)
    .refine(isKeepable, "well-formed Unicode without U+0000")
    .optional()
    .openapi({
      description: `At most ${limits.searchWordsMax} words, all of which have to be there in a title or description, in any of its languages; the last may be unfinished. Nothing in it is an operator. Without it all are found`,
      example: "mangrove restoration",
    }),
  status: listOf(foundStatuses).optional(),
  outcome: listOf(verdicts).optional(),
  region: regionCodeSchema
    .optional()
    .openapi({ description: "Decisions that name this region, by its code" }),
  owner: ownerSchema.optional(),
  from: since.optional().openapi({ description: "Opened then or later" }),
  to: since.optional().openapi({ description: "Opened before then" }),
  facets: queryFlag("Whether to count what was found by its values, too"),
  after: z.string().max(limits.searchCursorCharactersMax).optional(),
  per_page: digitsOr(limits.pageSizeDefault, { min: 1, max: limits.pageSizeMax }),
});

const facetSchema = z
  .array(z.object({ value: z.string(), count: z.int() }))
  .openapi("Facet", { description: "The most first, then by value" });

const highlightSchema = z
  .object({
    field: z.enum(["title", "description"]),
    language: z.string().nullable().openapi({ description: "Null where the draft names none" }),
    parts: z.array(z.object({ text: z.string(), match: z.boolean() })),
  })
  .openapi("Highlight", {
    description: "A text, or a piece of it, in parts; `match` marks what was asked for",
  });

const freshness = {
  indexed_to: z.iso.datetime().nullable().openapi({
    description:
      "What had changed until then is found; null where nothing was ever indexed, or the index has lost what it had",
  }),
  age_ms: z.int().nullable().openapi({ description: "How long ago that was" }),
};

export const searchDecisionsRoute = route({
  method: "get",
  path: "/api/v1/search/decisions",
  summary: "Search decisions that were opened",
  description: `The best first where there are words, else the newest opening first. A search finds what had changed some seconds ago; what it shows of a decision is what the list shows, and what the list does not have yet is missing from \`items\` alone. At most ${limits.searchHitsMax} are paged through. \`GET /api/v1/decisions\` lists all.`,
  request: { query: searchQuery },
  errors: [
    "search.off",
    "search.unavailable",
    "search.no_words",
    "search.too_deep",
    "database.unavailable",
  ],
  responses: {
    200: jsonContent(
      z.object({
        items: z.array(
          z.object({ decision: listedDecision, highlights: z.array(highlightSchema) }),
        ),
        total: z.int().openapi({ description: "All that there are, exactly" }),
        facets: z
          .object({
            status: facetSchema,
            outcome: facetSchema,
            region: facetSchema,
            owner: facetSchema,
            year: facetSchema,
          })
          .nullable()
          .openapi({
            description:
              "Each counts what the words and all filters but its own leave, so what choosing another of its values would find. The year is that of the opening in UTC, and its filters are `from` and `to`. Null unless asked for",
          }),
        next: z.string().nullable(),
        ...freshness,
      }),
      "A page",
    ),
  },
});

const choiceCounts = z
  .object({ yes: z.int(), no: z.int(), abstain: z.int() })
  .openapi("ChoiceCounts", { description: "Counted ballots, whatever they weigh" });

/** Ballots that were published with their choices once their decision was certified. */
const publishedBallots = z.object({
  total: choiceCounts,
  by_region: z.array(z.object({ region: z.string().nullable(), counts: choiceCounts })).openapi({
    description:
      "The most ballots first; null is what is published without its region. Ballots of regions beyond those are `other_regions`",
  }),
  other_regions: choiceCounts,
  by_month: z.array(z.object({ month: z.string(), counts: choiceCounts })).openapi({
    description:
      "`2026-11`, in UTC and in order: when it was cast, in roll calls; elsewhere when its decision closed",
  }),
});

const computed = {
  ...freshness,
  computed_at: z.iso.datetime().openapi({
    description:
      "What was computed is shown for five minutes, and as much longer as it takes to compute it again",
  }),
};

const statisticsErrors = ["search.off", "search.unavailable"] as const;

export const readStatisticsRoute = route({
  method: "get",
  path: "/api/v1/stats",
  summary: "Read statistics of all decisions that were opened",
  description: "They count, and decide nothing: what a decision comes to says its outcome.",
  errors: statisticsErrors,
  responses: {
    200: jsonContent(
      z
        .object({
          decisions: z.object({
            total: z.int(),
            by_status: facetSchema,
            by_outcome: facetSchema,
            by_month: z
              .array(z.object({ month: z.string(), count: z.int() }))
              .openapi({ description: "Of the close, in UTC and in order; of what is closed" }),
            turnout: z
              .object({ decisions: z.int(), electorate: z.int(), voted: z.int() })
              .openapi({ description: "Added up over those whose final results show both" }),
          }),
          ballots: publishedBallots,
          ...computed,
        })
        .openapi("Statistics"),
      "The statistics",
    ),
  },
});

export const readDecisionStatisticsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/stats",
  security: readerSecurity,
  summary: "Read statistics of a decision's published ballots",
  request: { params: decisionParams },
  errors: [...statisticsErrors, "database.unavailable"],
  responses: {
    200: jsonContent(
      z
        .object({
          decision_id: z.string(),
          ballots: publishedBallots.nullable().openapi({
            description:
              "Null where single ballots are not published with their choices, or not yet",
          }),
          ballots_counted: z.int().nullable().openapi({
            description:
              "Those that its final result counts: where `ballots` has fewer, the others are not in the index yet",
          }),
          turnout: z
            .object({ electorate: z.int(), voted: z.int() })
            .nullable()
            .openapi({ description: "Null where its final results don't show both" }),
          ...computed,
        })
        .openapi("DecisionStatistics"),
      "The statistics",
    ),
  },
});
