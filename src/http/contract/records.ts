import { z } from "@hono/zod-openapi";
import { ballotChoices } from "../../ballot/ballot.ts";
import { decisionParams, jsonContent, pageOf, pageQuery, readerSecurity } from "./common.ts";
import { route } from "./route.ts";

export const ballotHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: "The hash of a ballot, in hexadecimal (docs/secrecy.md)" });

export const ballotShape = {
  seq: z.int(),
  pid: z.string(),
  choice: z.enum(ballotChoices),
  region: z.string(),
  weight: z.int(),
  accepted_at: z.string(),
};

export const listBallotsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/votes",
  security: readerSecurity,
  summary: "List the ballots of a closed decision",
  description: "Of each pid the last one counts.",
  request: { params: decisionParams, query: pageQuery },
  errors: [
    "decision.not_closed",
    "decision.forgotten",
    "projection.behind",
    "ballots.archived",
    "ballots.incomplete",
  ],
  responses: {
    200: jsonContent(
      pageOf(z.object({ shard: z.int(), ...ballotShape })),
      "A page, by shard and seq",
    ),
  },
});

export const exportBallotsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/export",
  security: readerSecurity,
  summary: "Export all ballots of a closed decision",
  request: {
    params: decisionParams,
    query: z.object({ format: z.enum(["ndjson", "csv"]).default("ndjson") }),
  },
  errors: [
    "decision.not_closed",
    "decision.forgotten",
    "projection.behind",
    "ballots.archived",
    "ballots.incomplete",
  ],
  responses: {
    200: {
      description:
        "Every ballot with the same members as in the list, by shard and seq; of each pid the last one counts. CSV leaves empty what NDJSON calls null, and puts an apostrophe before a field that a spreadsheet would take for a formula, as it does a pid that begins with a hyphen: take one leading apostrophe away to have the value",
      content: {
        "application/x-ndjson": { schema: z.string() },
        "text/csv": { schema: z.string() },
      },
    },
  },
});
