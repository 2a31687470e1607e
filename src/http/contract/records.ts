import { z } from "@hono/zod-openapi";
import { ballotChoices } from "../../ballot/ballot.ts";
import { decisionParams, jsonContent, pageOf, pageQuery, readerSecurity } from "./common.ts";
import { route } from "./route.ts";

/** What the hash is made of; docs/receipts.md has the same as a command. */
const hashedText =
  '`["enviro-governance/ballot/1",decision_id,shard,seq,pid,choice,region,weight,accepted_at]` as JSON without spaces, in UTF-8: accepted_at in ms since 1970, `""` for no region, `null` for the seq of a sealed decision';

export const ballotHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: `SHA-256 in hexadecimal of ${hashedText}` });

const publicHashSchema = ballotHashSchema.nullable().openapi({
  description: `What the voter's receipt names: SHA-256 in hexadecimal of ${hashedText}. Null where the ballot's region is shown merged with others, and so is \`""\`: a guess of the region could be checked by the hash`,
});

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
  description: `Of each pid the last one counts. A ballot's hash is what its voter's receipt names: the SHA-256 of ${hashedText}.`,
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
      pageOf(z.object({ shard: z.int(), ...ballotShape, ballot_hash: publicHashSchema })),
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
