import { z, type RouteConfig } from "@hono/zod-openapi";
import { regionCodeSchema, weightSchema } from "../../decision/draft-values.ts";
import { limits } from "../../shared/limits.ts";
import {
  decisionIdSchema,
  decisionParams,
  jsonContent,
  jsonRequest,
  keySecurity,
  loginSecurity,
  voterIdSchema,
  voterSecurity,
  voteSchema,
} from "./common.ts";
import { route } from "./route.ts";
import { ballotHashSchema } from "./records.ts";

export const receiptSchema = z
  .object({
    decision_id: z.string(),
    shard: z.int(),
    seq: z.int().nullable().openapi({
      description:
        "The ballot's number in its shard; null in a sealed decision, where it would tell how many came before",
    }),
    ballot_hash: ballotHashSchema,
    accepted_at: z.string(),
  })
  .openapi("Receipt");

/** Read by `requestKeyOf`: a schema of headers would copy all headers of every vote. */
const idempotencyParameters: NonNullable<RouteConfig["parameters"]> = [
  {
    name: "Idempotency-Key",
    in: "header" as const,
    required: false,
    schema: {
      type: "string" as const,
      minLength: 1,
      maxLength: limits.idempotencyKeyCharactersMax,
    },
    description:
      "A repeat with the same key gives the same receipt and never counts again, however late it comes (draft-ietf-httpapi-idempotency-key-header).",
  },
];

export const castVoteSchema = z.strictObject({ decision_id: decisionIdSchema, vote: voteSchema });

export const castVoteRoute = route({
  method: "post",
  path: "/api/v1/voting/cast-vote",
  summary: "Cast a vote",
  security: voterSecurity,
  parameters: idempotencyParameters,
  request: jsonRequest(castVoteSchema),
  errors: [
    "vote.invalid_choice",
    "decision.not_found",
    "token.wrong_decision",
    "decision.not_open",
    "decision.closed",
    "vote.already_cast",
    "vote.ambiguous_repeat",
    "vote.revisions_exhausted",
    "vote.not_on_roll",
    "vote.unknown_region",
    "vote.weight_too_large",
    "idempotency.key_required",
    "idempotency.key_reused",
    "shard.overloaded",
    "shard.unavailable",
  ],
  responses: {
    201: jsonContent(
      receiptSchema,
      "Counted; a repeat has the header `Idempotency-Replayed: true`",
    ),
  },
});

export const withdrawVoteSchema = z.strictObject({ decision_id: decisionIdSchema });

export const withdrawVoteRoute = route({
  method: "post",
  path: "/api/v1/voting/withdraw",
  summary: "Take a vote back",
  description:
    "Where votes may be changed (`revisable`). The withdrawal is a ballot of its own with a receipt; from then on nothing of the voter is counted, until the voter votes again. A late repeat of an earlier vote brings nothing back.",
  security: voterSecurity,
  parameters: idempotencyParameters,
  request: jsonRequest(withdrawVoteSchema),
  errors: [
    "decision.not_found",
    "token.wrong_decision",
    "decision.not_open",
    "decision.closed",
    "vote.final",
    "vote.nothing_to_withdraw",
    "vote.ambiguous_repeat",
    "vote.revisions_exhausted",
    "vote.not_on_roll",
    "vote.unknown_region",
    "vote.weight_too_large",
    "idempotency.key_reused",
    "idempotency.key_required",
    "shard.overloaded",
    "shard.unavailable",
  ],
  responses: {
    201: jsonContent(
      receiptSchema,
      "Withdrawn; a repeat has the header `Idempotency-Replayed: true`",
    ),
  },
});

export const batchSchema = z.strictObject({
  votes: z
    .array(
      z.strictObject({
        voter_id: voterIdSchema,
        vote: voteSchema,
        region: regionCodeSchema.optional(),
        weight: weightSchema.optional(),
      }),
    )
    .min(1)
    .max(limits.batchVotesMax),
});

const itemResultSchema = z.union([
  z.object({ status: z.enum(["accepted", "repeated"]), receipt: receiptSchema }),
  z.object({
    status: z.literal("refused"),
    code: z.string(),
    detail: z.string(),
    receipt: receiptSchema.optional(),
  }),
]);

export const batchResultSchema = z.object({
  accepted: z.int(),
  repeated: z.int(),
  refused: z.int(),
  results: z.array(itemResultSchema),
});

export const castBatchRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/votes/batch",
  summary: "Cast up to 1,000 votes",
  description:
    "For polling stations and partner systems. Each vote has its own outcome, in request order; the batch may be sent again as a whole. Where the decision has a roll, region and weight come from it; what a vote says of them is passed over.",
  security: keySecurity("admin", "station"),
  parameters: idempotencyParameters,
  request: { params: decisionParams, ...jsonRequest(batchSchema) },
  errors: [
    "vote.invalid_choice",
    "voter.invalid_id",
    "decision.not_open",
    "decision.closed",
    "shard.overloaded",
    "shard.unavailable",
  ],
  responses: {
    200: jsonContent(batchResultSchema, "An outcome a vote"),
  },
});

export const tokensSchema = z.strictObject({
  voters: z
    .array(
      z.strictObject({
        voter_id: voterIdSchema,
        region: regionCodeSchema.optional(),
        weight: weightSchema.optional(),
      }),
    )
    .min(1)
    .max(limits.tokensMax),
  expires_in_seconds: z
    .int()
    .min(1)
    .max(limits.tokenLifetimeSecondsMax)
    .default(limits.tokenLifetimeSecondsDefault),
});

export const issueTokensRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/tokens",
  summary: "Issue ballot tokens to voters",
  description:
    "A token holds the voter's pseudonym, never the voter_id. A second token of one voter still casts one vote. Where the decision has a roll, region and weight come from it, whatever the token says.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams, ...jsonRequest(tokensSchema) },
  errors: [
    "voter.invalid_id",
    "vote.unknown_region",
    "vote.weight_too_large",
    "decision.forgotten",
  ],
  responses: {
    200: jsonContent(
      z.object({ tokens: z.array(z.object({ voter_id: z.string(), token: z.string() })) }),
      "A token a voter, in request order",
    ),
  },
});

export const exchangeLoginRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/tokens/exchange",
  summary: "Exchange a login for a ballot token",
  description:
    "The ID token of the decision's issuer goes into the Authorization header, and no further: the ballot token holds the voter's pseudonym. However often a voter logs in, it is one voter with one counted vote.",
  security: loginSecurity,
  request: { params: decisionParams },
  errors: ["login.not_offered", "login.unavailable", "vote.unknown_region"],
  responses: {
    200: jsonContent(
      z.object({ token: z.string(), expires_at: z.iso.datetime() }),
      "A ballot token",
    ),
  },
});
