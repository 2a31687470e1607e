import { createRoute, z } from "@hono/zod-openapi";
import { ballotChoices } from "../../ballot/ballot.ts";
import { decisionParams, jsonContent, pageOf, pageQuery, problemContents } from "./common.ts";

export const ballotShape = {
  seq: z.int(),
  pid: z.string(),
  choice: z.enum(ballotChoices),
  region: z.string(),
  weight: z.int(),
  accepted_at: z.string(),
};

export const listBallots = createRoute({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/votes",
  summary: "List the ballots of a closed decision",
  request: { params: decisionParams, query: pageQuery },
  responses: {
    200: jsonContent(
      pageOf(z.object({ shard: z.int(), ...ballotShape })),
      "A page, by shard and seq",
    ),
    ...problemContents(400, 404, 409, 503),
  },
});

export const exportBallots = createRoute({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/export",
  summary: "Export all ballots of a closed decision",
  request: {
    params: decisionParams,
    query: z.object({ format: z.enum(["ndjson", "csv"]).default("ndjson") }),
  },
  responses: {
    200: {
      description: "Every ballot, by shard and seq; of each pid the last one counts",
      content: {
        "application/x-ndjson": { schema: z.string() },
        "text/csv": { schema: z.string() },
      },
    },
    ...problemContents(400, 404, 409, 503),
  },
});
