import { z } from "@hono/zod-openapi";
import { decisionIdSchema, jsonContent, keySecurity, pageOf, pageQuery } from "./common.ts";
import { route } from "./route.ts";

const deadLetterShape = {
  id: z.string().openapi({
    description:
      "decision:shard:seq, or the SHA-256 of a record that can't be read, or of a change of the search index",
    example: "mangrove-restoration-2027:0:93",
  }),
  decision_id: z.string().nullable(),
  shard: z.int().nullable(),
  seq: z.int().nullable(),
  open: z.boolean().openapi({ description: "Whether its ballot is still not in the database" }),
  cause: z.string(),
  retries: z.int(),
  at: z.string(),
};

const deadLetterParams = z.object({ deadLetterId: z.string().regex(/^[a-z0-9:-]{1,128}$/) });

export const listDeadLettersRoute = route({
  method: "get",
  path: "/api/v1/dead-letters",
  summary: "List what database and search index refused",
  description:
    "A dead letter is closed when its ballot has landed. While a decision has open ones it can't be certified.",
  security: keySecurity("admin", "auditor"),
  request: {
    query: pageQuery.extend({
      decision_id: decisionIdSchema.optional(),
      state: z.enum(["open", "all"]).default("open"),
    }),
  },
  errors: ["database.unavailable"],
  responses: {
    200: jsonContent(pageOf(z.object(deadLetterShape)), "A page, by id"),
  },
});

export const readDeadLetterRoute = route({
  method: "get",
  path: "/api/v1/dead-letters/{deadLetterId}",
  summary: "Read one dead letter with the record that was refused",
  security: keySecurity("admin", "auditor"),
  request: { params: deadLetterParams },
  errors: ["database.unavailable", "results.sealed"],
  responses: {
    200: jsonContent(z.object({ ...deadLetterShape, body: z.string() }), "The dead letter"),
  },
});

export const replayDeadLetterRoute = route({
  method: "post",
  path: "/api/v1/dead-letters/{deadLetterId}/replay",
  summary: "Write a dead letter's ballot again, from its shard's record",
  description:
    "`landed`: the ballot is in the database. `refused`: the database refuses it still. `not_recorded`: its shard has no such ballot, so the dead letter was dropped. " +
    "`unreadable`: nothing in it can be written. A change of the search index is applied again, as the record has it now, and dropped once it has landed. Repeating is safe.",
  security: keySecurity("admin"),
  request: { params: deadLetterParams },
  errors: ["database.unavailable", "results.sealed", "decision.not_found", "search.unavailable"],
  responses: {
    200: jsonContent(
      z.object({
        id: z.string(),
        outcome: z.enum(["landed", "refused", "not_recorded", "unreadable"]),
      }),
      "What came of it",
    ),
  },
});

export const dismissDeadLetterRoute = route({
  method: "post",
  path: "/api/v1/dead-letters/{deadLetterId}/dismiss",
  summary: "Drop a dead letter that can't be read",
  description:
    "For records of another deployment, forged ones, and other texts that are no record of this one. It is recorded in the audit log, with the digest of what was dropped. " +
    "One that can be replayed is refused.",
  security: keySecurity("admin"),
  request: { params: deadLetterParams },
  errors: ["database.unavailable", "results.sealed", "dead_letter.replayable"],
  responses: { 204: { description: "It is gone" } },
});
