import { z } from "@hono/zod-openapi";
import { ruleOutcomeSchema } from "../../rules/outcome-json.ts";
import { forecastSchema } from "../../rules/forecast-json.ts";
import { tallySchema, tokenCountsSchema, votersSchema } from "../../results/result-json.ts";
import { decisionParams, jsonContent, readerSecurity } from "./common.ts";
import { route } from "./route.ts";

const publishedListSchema = z.object({
  size: z.int(),
  root: z
    .string()
    .openapi({ description: "The Merkle root of its hashes (RFC 9162, 2.1.1), in hexadecimal" }),
  pages: z.int(),
});

const decisionOutcomeSchema = z
  .object({
    decision_id: z.string(),
    title: z.string(),
    rehearsal: z
      .literal(true)
      .optional()
      .openapi({ description: "Only of a rehearsal: its results never count" }),
    opened_at: z.iso.datetime(),
    closed_at: z.iso.datetime().nullable().openapi({ description: "Null while it is open" }),
    certified_at: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "Null until it is certified" }),
    version: z
      .int()
      .openapi({ description: "The version of the results that it is the outcome of" }),
    final: z.boolean(),
    as_of: z.string(),
    age_ms: z.int().openapi({ description: "0 once final: final figures do not age" }),
    manifest_hash: z.string(),
    ...ruleOutcomeSchema.shape,
    forecast: forecastSchema,
    rule: z.record(z.string(), z.unknown()),
    electorate: votersSchema
      .extend({ regions: z.array(votersSchema.extend({ region: z.string() })) })
      .nullable()
      .openapi({ description: "The roll's figures, or the size that was stated; null without" }),
    tally: z.object({
      total: tallySchema,
      regions: z
        .array(tallySchema.extend({ region: z.string() }))
        .openapi({ description: "Those whose figures are shown; every other region is absent" }),
    }),
    look_ups: z.int().optional().openapi({
      description: "How often stations asked whether a voter has voted; once voting is closed",
    }),
    tokens: tokenCountsSchema,
    seals: z
      .array(z.object({ shard: z.int(), seq: z.int(), sealed_at: z.string() }))
      .openapi({ description: "Every shard's last word; empty while the decision is open" }),
    publication: z
      .object({
        counted: publishedListSchema,
        others: publishedListSchema,
        rows_root: z.string().nullable().openapi({
          description:
            "Of roll calls the Merkle root of the counted list's rows as they are exported, which covers names, statements and times; else null: a row's hash covers all it says",
        }),
        standing_withdrawals: z.int().openapi({
          description:
            "Voters whose newest ballot took their vote back: with the counted ones, all who have voted",
        }),
        shown_cells: z
          .array(z.object({ region: z.string(), weight: z.int(), voters: z.int() }))
          .nullable()
          .openapi({
            description:
              "The regions and weights that are shown beside a counted ballot; null where all or none are",
          }),
      })
      .optional()
      .openapi({ description: "What was published; once it is certified" }),
    issuer: z.string().optional().openapi({
      description:
        "The deployment that signed, whose keys are at /.well-known/enviro-governance/keys; once it is certified",
    }),
    signature: z.object({ key_id: z.string(), signature: z.string() }).optional().openapi({
      description:
        "Ed25519 over the framed tag `enviro-governance/outcome/1` and the canonical JSON (RFC 8785) of all other members; once it is certified",
    }),
  })
  .openapi("DecisionOutcome");

export const readOutcomeRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/outcome",
  security: readerSecurity,
  summary: "Read what the decision's rule says of its votes",
  description:
    "While it is open: what the outcome would be now, what is still needed and whether it can still change. Once it is closed: the outcome, computed once from the seals of all shards, with all that it was computed from. Once it is certified: the same with the roots of what was published, signed; it never changes again.",
  request: { params: decisionParams },
  errors: ["results.sealed", "outcome.none", "shard.unavailable"],
  responses: {
    200: jsonContent(decisionOutcomeSchema, "The outcome, with its reasons"),
    304: { description: "Nothing has changed since the ETag in If-None-Match" },
  },
});

const manifestSchema = z
  .looseObject({ version: z.int(), decisionId: z.string() })
  .openapi("Manifest");

export const readManifestRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/manifest",
  security: readerSecurity,
  summary: "Read the frozen manifest, whose SHA-256 is the decision's manifest_hash",
  description:
    "The answer's bytes are what was hashed: JSON without spaces, members sorted by name (RFC 8785).",
  request: { params: decisionParams },
  errors: ["manifest.none"],
  responses: {
    200: jsonContent(manifestSchema, "The manifest"),
    304: { description: "The reader has it already" },
  },
});
