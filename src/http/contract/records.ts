import { z } from "@hono/zod-openapi";
import { ballotChoices } from "../../ballot/ballot.ts";
import { regionCodeSchema } from "../../decision/draft-values.ts";
import {
  decisionParams,
  digitsOr,
  jsonContent,
  keySecurity,
  pageOf,
  pageQuery,
  readerSecurity,
} from "./common.ts";
import { bookmarkedContent, bookmarkParameters } from "./read-bookmark.ts";
import { route } from "./route.ts";

const digits = z.string().regex(/^[0-9a-f]{64}$/);

export const ballotHashSchema = digits.openapi({
  description:
    "The ballot's hash, in hexadecimal: SHA-256 of the framed tag, decision, choice, K and C (docs/secrecy.md)",
});

export const ballotShape = {
  seq: z.int(),
  pid: z.string(),
  choice: z.enum(ballotChoices),
  region: z.string(),
  weight: z.int(),
  accepted_at: z.string(),
};

/** Which page of a list: whole pages alone, so that asking for one does not tell which row. */
const publishedPageQuery = z.object({ page: digitsOr(1, { min: 1 }) });

/** A page is sent as it was written: its rows are described here, and not made again. */
function publishedContent(row: z.ZodType) {
  const schema: z.ZodType = z.object({
    page: z.int(),
    pages: z.int(),
    next: z
      .int()
      .nullable()
      .openapi({ description: "The next page's number; null after the last" }),
    size: z.int().openapi({ description: "Rows of the whole list" }),
    first: z.int().openapi({ description: "The number of the first row in its list, from 1 on" }),
    items: z.array(row),
  });
  return jsonContent(schema, "A page, by ascending hash");
}

const cellShape = {
  region: z.string().nullable(),
  weight: z.int().nullable(),
  u: digits.nullable().openapi({
    description:
      "C is SHA-256 of u and the framed region and weight; all three are null where too few share them",
  }),
};

const countedRowSchema = z
  .object({
    ballot_hash: ballotHashSchema,
    choice: z.enum(ballotChoices).optional(),
    k: digits.optional(),
    c: digits.optional(),
    region: cellShape.region.optional(),
    weight: cellShape.weight.optional(),
    u: cellShape.u.optional(),
    name: z.string().nullable().optional(),
    statement: z.string().nullable().optional(),
    accepted_at: z.string().optional(),
  })
  .openapi("PublishedBallot", {
    description:
      "A counted ballot as its decision discloses it: `aggregate` the hash alone, `pseudonymous` up to u, `roll_call` everything",
  });

const publishedAnswers = (row: z.ZodType) => ({
  200: publishedContent(row),
  304: { description: "The reader has it already; a page never changes" },
});

export const listVotesRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/votes",
  security: readerSecurity,
  summary: "List the counted ballots of a certified decision, by hash",
  description:
    "Written once when the decision is certified, in pages that never change. The signed outcome has the list's size and its Merkle root (RFC 9162, 2.1.1), whose leaves are the hashes in this order.",
  request: { params: decisionParams, query: publishedPageQuery },
  errors: ["publication.not_ready", "page.not_found"],
  responses: publishedAnswers(countedRowSchema),
});

export const listOtherVotesRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/votes/others",
  security: readerSecurity,
  summary: "List the hashes of all ballots that do not count, of a certified decision",
  description: "Of ballots that were replaced or withdrawn, and of withdrawals.",
  request: { params: decisionParams, query: publishedPageQuery },
  errors: ["publication.not_ready", "page.not_found"],
  responses: publishedAnswers(z.object({ ballot_hash: ballotHashSchema })),
});

export const exportVotesRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/export",
  security: readerSecurity,
  summary: "Export a list of a certified decision whole",
  request: {
    params: decisionParams,
    query: z.object({
      format: z.enum(["ndjson", "csv"]).default("ndjson"),
      list: z.enum(["counted", "others"]).default("counted"),
    }),
  },
  errors: ["publication.not_ready"],
  responses: {
    200: {
      description:
        "Every row of the list's pages, with the same members. CSV leaves empty what NDJSON calls null, and puts an apostrophe before a field that a spreadsheet would take for a formula or that begins with an apostrophe: take one leading apostrophe away to have the value. CSV begins with U+FEFF, so that Excel reads it as UTF-8",
      content: {
        "application/x-ndjson": { schema: z.string() },
        "text/csv": { schema: z.string() },
      },
    },
    304: { description: "The reader has it already; it never changes" },
  },
});

export const listReceivedVotesRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/votes/received",
  security: readerSecurity,
  summary: "List the ballots of a roll call as they come in",
  description:
    "From the database, as far as it has them by now; of each pid the last one counts. Of roll calls alone, from when their counts are shown. A page of one region or choice may have few items, or none, though `next` says that another follows.",
  request: {
    params: decisionParams,
    query: pageQuery.extend({
      region: regionCodeSchema.optional().openapi({ description: "Ballots of this region alone" }),
      choice: z.enum(ballotChoices).optional().openapi({
        description: "Ballots of this choice alone, also where a later one of their pid counts",
      }),
    }),
  },
  parameters: bookmarkParameters,
  errors: [
    "database.unavailable",
    "votes.not_roll_call",
    "results.sealed",
    "decision.forgotten",
    "ballots.archived",
  ],
  responses: {
    200: bookmarkedContent(
      pageOf(z.object({ shard: z.int(), ...ballotShape })),
      "A page, by shard and seq",
    ),
  },
});

const openingSchema = z.object({
  ballot_hash: ballotHashSchema,
  list: z.enum(["counted", "others"]),
  choice: z.enum(ballotChoices),
  k: digits,
  region: z.string(),
  weight: z.int(),
  u: digits,
});

export const listOpeningsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit/openings",
  summary: "Read what opens each hash of a certified decision, in both lists",
  description:
    "Enough to recount the decision by region and weight, whatever it discloses: never a pid, a seq or a time.",
  security: keySecurity("admin", "auditor"),
  request: { params: decisionParams, query: publishedPageQuery },
  errors: ["publication.not_ready", "page.not_found", "decision.forgotten"],
  responses: publishedAnswers(openingSchema),
});
