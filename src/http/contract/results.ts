import { z } from "@hono/zod-openapi";
import { statuses, visibilities } from "../../decision/decision.ts";
import { showings } from "../../decision/visibility.ts";
import { limits } from "../../shared/limits.ts";
import { regionCodeSchema } from "../../decision/draft-values.ts";
import { tallySchema, tokenCountsSchema, votersSchema } from "../../results/result-json.ts";
import {
  decisionParams,
  digitsSchema,
  jsonContent,
  pageOf,
  pageQuery,
  readerSecurity,
} from "./common.ts";
import { bookmarkedContent, bookmarkParameters } from "./read-bookmark.ts";
import { route } from "./route.ts";

const headShape = {
  decision_id: z.string(),
  status: z.enum(statuses),
  version: z
    .int()
    .openapi({ description: "Grows with every change; a reader never sees it go back" }),
  final: z.boolean(),
  as_of: z.string().openapi({
    description:
      "Every vote acknowledged before this moment is in it, where it shows votes; where `release_min` is there, when the newest figures were frozen",
  }),
  age_ms: z.int(),
};
const shownShape = { ...headShape, visibility: z.enum(visibilities) };

const wholeShape = {
  ...shownShape,
  tokens: tokenCountsSchema.describe(
    "No new version comes with them; from the close on they stay as they are",
  ),
};

const turnoutShape = {
  electorate: votersSchema
    .optional()
    .openapi({ description: "Who is on the roll; only where the decision has one" }),
  turnout: votersSchema
    .optional()
    .openapi({ description: "Who of them has a counted ballot: exact integers, never a share" }),
};

const countsShape = { ...tallySchema.shape, ...turnoutShape };
/** Turnout is there in an open electorate too, where it is all that is shown. */
const votedShape = { ...turnoutShape, turnout: votersSchema };

/** What is beside the figures before the close, outside roll calls. */
const releaseShape = {
  release_min: z.int().optional().openapi({
    description:
      "Only before the close, outside roll calls: a region's figures move once so many more have voted in it, and lag by as many; a region without figures yet is absent, and the whole is the sum of what is shown",
  }),
};

/** The regions of a result that are shown. */
function cellsShape<Figures extends z.ZodRawShape>(figures: Figures) {
  return {
    ...releaseShape,
    regions: z
      .array(z.object({ region: z.string(), ...figures }))
      .openapi({ description: "Those whose figures are shown; every other region is absent" }),
  };
}

/** A result that shows every count. */
export const countedResultSchema = z.object({
  ...wholeShape,
  shows: z.literal("counts"),
  total: tallySchema,
  ...turnoutShape,
  ...cellsShape(countsShape),
});

const turnoutResultSchema = z.object({
  ...wholeShape,
  shows: z.literal("turnout"),
  ...votedShape,
  ...cellsShape(votedShape),
});

export const resultSchema = z
  .discriminatedUnion("shows", [
    countedResultSchema,
    turnoutResultSchema,
    z.object({ ...wholeShape, shows: z.literal("nothing") }),
  ])
  .openapi("Result", {
    description:
      "`shows` says what: every count; who has voted without how, while a decision of visibility `turnout` is open; nothing, while a `sealed` one is",
  });

/**
 * What changed since the version `from`: regions that changed alone, each with its absolute
 * figures.
 */
export const resultDeltaSchema = z.discriminatedUnion("shows", [
  countedResultSchema.extend({ from: z.int() }),
  turnoutResultSchema.extend({ from: z.int() }),
]);

const regionShape = { region: z.string() };
const regionResultSchema = z.discriminatedUnion("shows", [
  z.object({
    ...shownShape,
    ...regionShape,
    shows: z.literal("counts"),
    ...releaseShape,
    total: tallySchema,
    ...turnoutShape,
  }),
  z.object({
    ...shownShape,
    ...regionShape,
    shows: z.literal("turnout"),
    ...releaseShape,
    ...votedShape,
  }),
  z.object({ ...shownShape, ...regionShape, shows: z.literal("nothing") }),
]);

const listedRegionSchema = z.object({
  ...headShape,
  title: z.string(),
  rehearsal: z.boolean().openapi({ description: "Its results never count" }),
  ...regionShape,
  total: tallySchema,
});

export const readResultsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/results",
  security: readerSecurity,
  summary: "Read the results, whole and by region",
  request: { params: decisionParams },
  errors: ["shard.unavailable"],
  responses: {
    200: jsonContent(resultSchema, "The results"),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

const turnoutSeriesSchema = z
  .object({
    ...shownShape,
    shows: z.enum(showings),
    ...releaseShape,
    electorate: turnoutShape.electorate,
    points: z
      .array(z.object({ at: z.iso.datetime(), ...votersSchema.shape }))
      .max(limits.turnoutPointsMax + 1)
      .openapi({
        description:
          "How many had a counted ballot at that moment, as results showed it then: the newest is that of `/results`. At most one a minute, thinned evenly; none where nothing is shown",
      }),
  })
  .openapi("TurnoutSeries");

export const readTurnoutRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/turnout",
  security: readerSecurity,
  summary: "Read how turnout grew, as far as results have shown it",
  description:
    "Before the close it moves with the results alone, outside roll calls in their releases. A decision that shows nothing while it is open has nothing before its end.",
  request: { params: decisionParams },
  errors: ["shard.unavailable"],
  responses: {
    200: jsonContent(turnoutSeriesSchema, "The series"),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

export const readRegionResultsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/results/{region}",
  security: readerSecurity,
  summary: "Read one region's results",
  request: { params: decisionParams.extend({ region: regionCodeSchema }) },
  errors: ["shard.unavailable", "region.not_shown"],
  responses: {
    200: jsonContent(regionResultSchema, "The region's results"),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

export const listRegionResultsRoute = route({
  method: "get",
  path: "/api/v1/regions/{region}/results",
  summary: "List a region's results over all decisions",
  description:
    "From the database, which follows open roll calls at a distance of seconds; `as_of` says how far. A roll call whose counts are not shown yet is listed once it is closed, any other decision once it is certified, and never with a region that is not shown.",
  request: { params: z.object({ region: regionCodeSchema }), query: pageQuery },
  parameters: bookmarkParameters,
  errors: ["database.unavailable"],
  responses: {
    200: bookmarkedContent(pageOf(listedRegionSchema), "A page"),
  },
});

const sinceQuery = z.object({
  since: digitsSchema({ min: 0 })
    .optional()
    .openapi({ description: "The version that the client knows; it gets what it missed" }),
});

export const streamResultsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/results/stream",
  security: readerSecurity,
  summary: "Follow the results as server-sent events",
  description:
    "First `state`, then `delta` events with absolute figures of what changed; ids are versions, and Last-Event-ID is honoured. While nothing changes an `alive` event comes every two seconds: a stream without one stands still.",
  request: { params: decisionParams, query: sinceQuery },
  errors: ["shard.unavailable", "watchers.full", "watchers.too_many"],
  responses: {
    200: { description: "Events", content: { "text/event-stream": { schema: z.string() } } },
  },
});

export const openSocketRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/results/socket",
  security: readerSecurity,
  summary: "Follow the results over a WebSocket",
  description:
    "The stream's events as JSON messages with a `type`. Send the text `ping` for a `pong`.",
  request: { params: decisionParams, query: sinceQuery },
  errors: ["route.upgrade_required", "shard.unavailable", "watchers.full", "watchers.too_many"],
  responses: {
    101: { description: "A WebSocket" },
  },
});
