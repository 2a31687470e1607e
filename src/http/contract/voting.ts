import { z, type RouteConfig } from "@hono/zod-openapi";
import { noncePattern } from "../../ballot/nonce.ts";
import { isKeepable } from "../../shared/storable-text.ts";
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

const openingSchema = (description: string) =>
  z
    .string()
    .regex(noncePattern)
    .openapi({ description: `${description}: 32 bytes in hexadecimal digits` });

const receiptShape = {
  decision_id: z.string(),
  ballot_hash: ballotHashSchema,
  r: openingSchema(
    "Yours alone: with your nonce it makes K = SHA-256(nonce ‖ r), and it proves that the ballot is yours",
  ),
  u: openingSchema("It shows the region and weight of the ballot to whoever is shown it"),
  c: openingSchema(
    "It hides region and weight in the hash, which you recompute from your choice, K and this",
  ),
};

export const receiptSchema = z
  .object({
    ...receiptShape,
    key_id: z.string().openapi({
      description: "The signing key's `kid` at /.well-known/enviro-governance/keys",
    }),
    signature: z.string().openapi({
      description:
        "Ed25519 over decision and hash (docs/secrecy.md): it shows that the ballot was acknowledged, neither whose nor what it is",
    }),
  })
  .openapi("Receipt");

/** In a batch it is signed where that was asked for. */
export const batchReceiptSchema = receiptSchema.partial({ key_id: true, signature: true });

/** Read by hand: a schema of headers would copy all headers of every vote. */
const idempotencyParameters = [
  {
    name: "Idempotency-Key" as const,
    in: "header" as const,
    required: false,
    schema: {
      type: "string" as const,
      minLength: 1,
      maxLength: limits.idempotencyKeyCharactersMax,
    },
    description:
      "Only in roll calls, instead of a nonce: a repeat with the same key gives the same receipt and never counts again, however late it comes (draft-ietf-httpapi-idempotency-key-header).",
  },
] satisfies NonNullable<RouteConfig["parameters"]>;

const nonceSchema = z.string().regex(noncePattern, "64 lower-case hexadecimal digits").openapi({
  description:
    "32 random bytes that your own software draws, the same in every repeat. Outside roll calls a vote needs one",
});
const proofSchema = z.string().regex(noncePattern, "64 lower-case hexadecimal digits").openapi({
  description: "The `r` of the voter's newest receipt; whoever changes a vote sends it",
});
const statementSchema = z
  .string()
  .min(1)
  .max(limits.statementCharactersMax)
  .refine(isKeepable, "well-formed Unicode")
  .openapi({ description: "Reasons that are published with the vote; only in roll calls" });

export const castVoteSchema = z.strictObject({
  decision_id: decisionIdSchema,
  vote: voteSchema,
  nonce: nonceSchema.optional(),
  proof: proofSchema.optional(),
  statement: statementSchema.optional(),
});

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
    "decision.extension_pending",
    "token.superseded",
    "vote.already_cast",
    "vote.nonce_required",
    "vote.nonce_reused",
    "vote.proof_required",
    "vote.statement_not_published",
    "vote.revisions_exhausted",
    "vote.not_on_roll",
    "vote.unknown_region",
    "vote.weight_too_large",
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

export const withdrawVoteSchema = z.strictObject({
  decision_id: decisionIdSchema,
  nonce: nonceSchema.optional(),
  proof: proofSchema.optional(),
});

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
    "decision.extension_pending",
    "vote.final",
    "vote.nothing_to_withdraw",
    "token.superseded",
    "vote.nonce_required",
    "vote.nonce_reused",
    "vote.proof_required",
    "vote.revisions_exhausted",
    "vote.not_on_roll",
    "vote.unknown_region",
    "vote.weight_too_large",
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

export const checkOwnVoteRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/votes/mine",
  summary: "Is my vote counted?",
  description:
    "True where `r` is that of the voter's newest ballot, and this is no withdrawal. Everything else is answered alike: no ballot, one that was replaced, another's. It shows nothing to whoever has no receipt, so it is answered under every `visibility`, during and after the window.",
  security: voterSecurity,
  request: {
    params: decisionParams,
    ...jsonRequest(
      z.strictObject({
        r: z
          .string()
          .regex(noncePattern, "64 lower-case hexadecimal digits")
          .openapi({ description: "Of the receipt of the vote" }),
      }),
    ),
  },
  errors: ["token.wrong_decision", "token.superseded", "decision.not_open", "decision.forgotten"],
  responses: {
    200: jsonContent(z.object({ counted: z.boolean() }), "Whether this very ballot is counted"),
  },
});

/** Published with the vote in a roll call of an open electorate; a roll has its own names. */
const nameSchema = z
  .string()
  .min(1)
  .max(limits.voterIdCharactersMax)
  .refine(isKeepable, "well-formed Unicode")
  .openapi({ description: "Who is published with the vote; only in roll calls" });

export const batchSchema = z.strictObject({
  votes: z
    .array(
      z.strictObject({
        voter_id: voterIdSchema,
        vote: voteSchema,
        region: regionCodeSchema.optional(),
        weight: weightSchema.optional(),
        nonce: nonceSchema.optional(),
        proof: proofSchema.optional(),
        name: nameSchema.optional(),
        statement: statementSchema.optional(),
      }),
    )
    .min(1)
    .max(limits.batchVotesMax),
  signed: z.boolean().optional().openapi({
    description: "Whether each receipt is signed, as a single vote's is: 1,000 take some 50 ms",
  }),
});

const itemResultSchema = z.union([
  z.object({ status: z.enum(["accepted", "repeated"]), receipt: batchReceiptSchema }),
  z.object({ status: z.literal("refused"), code: z.string(), detail: z.string() }),
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
    "For polling stations and partner systems. Each vote has its own outcome, in request order; the batch may be sent again as a whole. Where the decision has a roll, region and weight come from it; what a vote says of them is passed over, but that its voter is sought first where `placement` has that region.",
  security: keySecurity("admin", "station"),
  parameters: idempotencyParameters,
  request: { params: decisionParams, ...jsonRequest(batchSchema) },
  errors: [
    "vote.invalid_choice",
    "voter.invalid_id",
    "vote.nonce_required",
    "vote.statement_not_published",
    "vote.stations_excluded",
    "decision.not_open",
    "decision.closed",
    "decision.extension_pending",
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
        name: nameSchema.optional(),
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
    "A token holds the voter's pseudonym, never the voter_id. Of a voter's tokens only the newest casts a first vote; after it none is needed but for a change, which takes the `r` of the receipt. Whether a voter has voted changes nothing here. Where the decision has a roll, region and weight come from it, whatever the token says; with `placement` a token carries the region of the roll.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams, ...jsonRequest(tokensSchema) },
  errors: [
    "voter.invalid_id",
    "vote.unknown_region",
    "vote.weight_too_large",
    "decision.forgotten",
    "vote.statement_not_published",
    "token.too_early",
    "decision.closed",
    "shard.unavailable",
  ],
  responses: {
    200: jsonContent(
      z.object({ tokens: z.array(z.object({ voter_id: z.string(), token: z.string() })) }),
      "A token a voter, in request order",
    ),
  },
});

export const revokeTokensRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/tokens/revoke",
  summary: "Revoke the ballot tokens of voters",
  description:
    "None of the tokens that were issued to these voters casts a first vote any more. It is answered alike, and changes nothing, where they have voted; a new token may be issued.",
  security: keySecurity("admin", "organiser"),
  request: {
    params: decisionParams,
    ...jsonRequest(
      z.strictObject({ voter_ids: z.array(voterIdSchema).min(1).max(limits.tokensMax) }),
    ),
  },
  errors: ["voter.invalid_id", "decision.forgotten", "token.too_early", "shard.unavailable"],
  responses: {
    200: jsonContent(
      z.object({ revoked: z.int().openapi({ description: "How many voters were named" }) }),
      "Revoked",
    ),
  },
});

const exchangeSchema = z.strictObject({
  secret: z
    .string()
    .min(limits.loginSecretCharactersMin)
    .max(limits.loginSecretCharactersMax)
    .regex(/^[A-Za-z0-9._~-]*$/, "a code verifier (RFC 7636, 4.1)")
    .openapi({
      description:
        "Drawn by your own software before the login, whose authorization request has `nonce` = base64url(SHA-256(secret)), as the S256 challenge of RFC 7636",
    }),
  turnstile: z
    .string()
    .min(1)
    .max(limits.turnstileTokenCharactersMax)
    .regex(/^[\x21-\x7e]*$/, "printable ASCII without blanks")
    .optional()
    .openapi({
      description:
        "The token of the Turnstile widget on the login page, where the deployment asks for one; elsewhere it is not looked at",
    }),
});

export const exchangeLoginRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/tokens/exchange",
  summary: "Exchange a login for a ballot token",
  description:
    "The ID token of the decision's issuer goes into the Authorization header, and no further: the ballot token holds the voter's pseudonym. Its `nonce` must be the digest of the secret, it must be new, and it is exchanged once. However often a voter logs in, it is one voter with one counted vote.",
  security: loginSecurity,
  request: { params: decisionParams, ...jsonRequest(exchangeSchema) },
  errors: [
    "challenge.failed",
    "challenge.unavailable",
    "login.already_used",
    "login.other_voter",
    "login.not_offered",
    "login.unavailable",
    "vote.unknown_region",
    "decision.closed",
    "decision.forgotten",
  ],
  responses: {
    200: jsonContent(
      z.object({ token: z.string(), expires_at: z.iso.datetime() }),
      "A ballot token",
    ),
  },
});
