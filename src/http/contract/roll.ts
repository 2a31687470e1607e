import { z } from "@hono/zod-openapi";
import { electorates } from "../../decision/decision.ts";
import { limits } from "../../shared/limits.ts";
import {
  decisionParams,
  digitsOr,
  digitsSchema,
  jsonContent,
  jsonRequest,
  keySecurity,
  voterIdSchema,
  voterSecurity,
} from "./common.ts";
import { route } from "./route.ts";

const figuresShape = {
  voters: z.int(),
  weight: z.string().openapi({ description: "A decimal string: it can pass 2^53" }),
};

const rollSchema = z
  .object({
    import: z.int().openapi({ description: "Imports are numbered; this one is in force" }),
    hash: z.string().nullable().openapi({
      description: "SHA-256, whatever the order of the rows; null before the opening",
    }),
    ...figuresShape,
    regions: z.array(z.object({ region: z.string(), ...figuresShape })),
    fewest_alike: z
      .array(z.object({ region: z.string(), voters: z.int() }))
      .nullable()
      .openapi({
        description:
          "The fewest voters of each region who share their weight; none where all weigh the same, null where there are too many weights to tell",
      }),
    refused: z
      .object({
        rows: z.int(),
        reasons: z.array(z.object({ code: z.string(), rows: z.int() })),
        problems: z.array(z.object({ line: z.int(), code: z.string() })).openapi({
          description: `By line, at most ${limits.rollProblemsKeptMax}`,
        }),
      })
      .openapi({
        description:
          "Rows of its file that were not loaded. Opening the decision wants their number as `accept_refused_rows`",
      }),
  })
  .openapi("Roll");

const rowsAsText = { schema: z.string() };

export const importQuery = z.object({
  twins: z.enum(["refuse", "first"]).default("refuse").openapi({
    description:
      "What becomes of rows that name a voter of an earlier row: the roll is refused, or the first row of each voter is loaded",
  }),
  ignore: z.string().max(limits.rollRowCharactersMax).default("").openapi({
    description:
      "Columns (or members, in NDJSON) that are passed over, by name, with commas between: `email,name`. Any other that is not known refuses the roll",
  }),
});

const twinsSchema = z.array(z.object({ line: z.int(), first_line: z.int() })).openapi({
  description: `Rows that name a voter again, with the row that was loaded, at most ${limits.rollProblemsMax}`,
});

const importReportSchema = z.object({
  decision_id: z.string(),
  rows: z.int(),
  loaded: z.int(),
  refused: z.int(),
  reasons: z.array(z.object({ code: z.string(), rows: z.int(), detail: z.string() })),
  problems: z
    .array(z.object({ line: z.int(), code: z.string() }))
    .openapi({ description: `The bad rows by line, at most ${limits.rollProblemsMax}` }),
  twins: twinsSchema,
  roll: rollSchema,
});

export const importRollRoute = route({
  method: "put",
  path: "/api/v1/decisions/{decisionId}/roll",
  summary: "Import the roll of a draft, in place of the one before",
  description:
    "CSV (RFC 4180) with a header of `voter_id` and, where they are needed, `region`, `weight` and, in roll calls, `name`, which is published beside the vote, or NDJSON of objects with those members. " +
    "Fields of CSV are separated by commas, semicolons or tabs; names of columns may have any case; the file is UTF-8, or UTF-16 with a byte order mark. A weight left out is 1. " +
    `At most ${limits.rollRowsMax} rows and ${limits.rollBytesMax} bytes; the body is taken as it streams. Good rows are loaded and bad ones reported by line; rows that name a ` +
    "voter of an earlier row, in whatever spelling, refuse the roll, which lists them. The roll changes at once and as a whole when the last row is in: an upload that breaks off changes nothing. Opening the decision freezes it.",
  security: keySecurity("admin", "organiser"),
  request: {
    params: decisionParams,
    query: importQuery,
    body: {
      required: true,
      content: { "text/csv": rowsAsText, "application/x-ndjson": rowsAsText },
    },
  },
  errors: [
    "body.too_large",
    "body.cut_off",
    "decision.not_draft",
    "roll.open_electorate",
    "roll.outdated",
    "roll.superseded",
    "roll.unknown_encoding",
    "roll.missing_column",
    "roll.unknown_column",
    "roll.duplicate_column",
    "roll.empty",
    "vote.statement_not_published",
    "roll.twins",
    "roll.too_many_rows",
    "shard.unavailable",
  ],
  responses: {
    200: jsonContent(importReportSchema, "In force"),
  },
});

const uploadSchema = z.object({
  import: z.int(),
  pieces: z.int().nullable().openapi({
    description:
      "Of an upload in pieces: how many are in, which is the number of the next one. Null of one that comes as one body",
  }),
  rows: z.int(),
  refused: z.int(),
  bytes: z.int(),
  started_at: z.string(),
  updated_at: z.string(),
});

export const beginRollUploadRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/roll/uploads",
  summary: "Begin an upload of a roll in pieces, which goes on after a break",
  description:
    "For slow lines. The roll in force stays until all pieces are in and the upload is finished. Any later import ends it.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams },
  errors: ["decision.not_draft", "roll.open_electorate"],
  responses: { 201: jsonContent(uploadSchema, "Begun") },
});

export const importRollPieceRoute = route({
  method: "put",
  path: "/api/v1/decisions/{decisionId}/roll/uploads",
  summary: "Upload a piece of a roll",
  description:
    `CSV with a header of its own, as a whole roll's, of at most ${limits.rollPieceBytesMax} bytes; all together at most ${limits.rollRowsMax} rows. Pieces are numbered from 0 and come in their order. ` +
    "One that got no answer is sent again as it was: it is loaded once.",
  security: keySecurity("admin", "organiser"),
  request: {
    params: decisionParams,
    query: z.object({
      import: digitsSchema({ min: 1 }),
      piece: digitsSchema({ min: 0, max: limits.rollPiecesMax }),
      first_line: digitsOr(2, { min: 1 }).openapi({
        description: "Which line of the file the piece's first row is, for reports",
      }),
      ignore: importQuery.shape.ignore,
    }),
    body: { required: true, content: { "text/csv": rowsAsText } },
  },
  errors: [
    "body.too_large",
    "body.cut_off",
    "decision.not_draft",
    "roll.open_electorate",
    "roll.outdated",
    "roll.superseded",
    "roll.pieces_missing",
    "roll.piece_changed",
    "roll.unknown_encoding",
    "roll.missing_column",
    "roll.unknown_column",
    "roll.duplicate_column",
    "vote.statement_not_published",
    "roll.too_many_rows",
    "shard.unavailable",
  ],
  responses: { 200: jsonContent(uploadSchema, "It is in") },
});

export const finishRollUploadRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/roll/uploads/finish",
  summary: "Put an upload in force once all its pieces are in",
  description:
    "As the last row of a roll that comes as one body does, and with the same report. Doing it again changes nothing.",
  security: keySecurity("admin", "organiser"),
  request: {
    params: decisionParams,
    ...jsonRequest(
      z.strictObject({
        import: z.int().min(1),
        pieces: z.int().min(1).max(limits.rollPiecesMax).openapi({
          description: "How many there are",
        }),
        twins: importQuery.shape.twins,
      }),
    ),
  },
  errors: [
    "decision.not_draft",
    "roll.open_electorate",
    "roll.outdated",
    "roll.superseded",
    "roll.pieces_missing",
    "roll.piece_changed",
    "roll.empty",
    "roll.twins",
    "shard.unavailable",
  ],
  responses: { 200: jsonContent(importReportSchema, "In force") },
});

export const readRollRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/roll",
  summary: "Read the figures of the roll in force, and how far an upload is",
  security: keySecurity("admin", "organiser", "auditor"),
  request: { params: decisionParams },
  errors: [],
  responses: {
    200: jsonContent(
      z.object({
        decision_id: z.string(),
        electorate: z.enum(electorates),
        // A named schema made nullable would be described as both at once.
        roll: z.union([rollSchema, z.null()]),
        upload: uploadSchema.nullable(),
      }),
      "The roll",
    ),
  },
});

const standingShape = {
  eligible: z.boolean(),
  region: z.string().nullable(),
  weight: z.int().nullable(),
};

export const readEligibilityRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/eligibility",
  summary: "Am I eligible, and where would my vote count?",
  description:
    "Answers before, during and after the window, and alike whether or not the voter has voted. In an open electorate the token says region and weight.",
  security: voterSecurity,
  request: { params: decisionParams },
  errors: ["token.wrong_decision", "roll.missing", "decision.forgotten"],
  responses: {
    200: jsonContent(
      z.object({ decision_id: z.string(), electorate: z.enum(electorates), ...standingShape }),
      "What the record says",
    ),
  },
});

export const markRegisterRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/marked-register",
  summary: "Mark who has voted, after the close",
  description:
    `CSV, as a roll's, whose first line names \`voter_id\` among its columns, such as the roll's own file, at most ${limits.registerVotersMax} rows a request. ` +
    "Who has taken a vote back is marked too, so that a register does not tell: the marked of a whole roll are the outcome's `counted` and `standing_withdrawals`. How many were asked for is public, at `…/events`. `npx enviro register` marks a file of any length.",
  security: keySecurity("admin", "organiser", "auditor"),
  request: {
    params: decisionParams,
    body: { required: true, content: { "text/csv": rowsAsText } },
  },
  errors: [
    "body.too_large",
    "decision.forgotten",
    "register.not_ready",
    "register.bad_line",
    "register.too_many_rows",
    "roll.unknown_encoding",
    "roll.missing_column",
    "voter.invalid_id",
  ],
  responses: {
    200: {
      description:
        "`voter_id` and `voted`, which is `yes` or `no`, in the order of the rows, behind U+FEFF, by which Excel knows UTF-8",
      content: { "text/csv": { schema: z.string() } },
    },
  },
});

export const lookUpVoterRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/look-ups",
  summary: "Look up whether a voter who shows a ballot token has voted",
  description:
    "For polling stations, while voting is open. Without the voter's token nobody is told, and how often it was asked is public (`look_ups` at `…/events` and in the outcome). A vote that was taken back counts as voted.",
  security: keySecurity("admin", "station"),
  request: {
    params: decisionParams,
    ...jsonRequest(
      z.strictObject({
        token: z.string().min(1).openapi({
          description: "The ballot token that the voter shows",
        }),
      }),
    ),
  },
  errors: [
    "decision.not_open",
    "decision.closed",
    "decision.forgotten",
    "look_up.token_refused",
    "vote.stations_excluded",
  ],
  responses: {
    200: jsonContent(
      z.object({
        ...standingShape,
        has_voted: z.boolean().nullable().openapi({
          description: "Null in a `sealed` decision: all voters together are its turnout",
        }),
      }),
      "What the record says of the voter",
    ),
  },
});

export const lookUpEligibilityRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/eligibility",
  summary: "Look up to 1,000 voters up on the roll",
  description: "For polling stations: who is on the roll. It does not say who has voted.",
  security: keySecurity("admin", "organiser", "station"),
  request: {
    params: decisionParams,
    ...jsonRequest(
      z.strictObject({ voter_ids: z.array(voterIdSchema).min(1).max(limits.batchVotesMax) }),
    ),
  },
  errors: ["voter.invalid_id", "roll.missing", "roll.open_electorate", "decision.forgotten"],
  responses: {
    200: jsonContent(
      z.object({
        voters: z.array(z.object({ voter_id: z.string(), ...standingShape })),
      }),
      "What the record says of each, in request order",
    ),
  },
});
