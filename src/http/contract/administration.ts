import { z } from "@hono/zod-openapi";
import { decisionSchema } from "../../decision/decision-json.ts";
import { statuses } from "../../decision/decision.ts";
import { certificationCauses } from "../../ports/certification.ts";
import { listedResultSchema } from "../../results/listed-result.ts";
import { readinessCodes } from "../readiness/readiness-cause.ts";
import { decisionParams, jsonContent, keySecurity, pageOf, pageQuery } from "./common.ts";
import { bookmarkedContent, bookmarkParameters } from "./read-bookmark.ts";
import { route } from "./route.ts";

const ownDecision = decisionSchema
  .extend({
    owner: z.string().nullable().meta({
      description: "Whose decision it is; null where it is the deployment's own",
    }),
    result: listedResultSchema.nullable().meta({
      description: "As in the list that everybody reads",
    }),
  })
  .openapi("OwnDecision");

export const listOwnDecisionsRoute = route({
  method: "get",
  path: "/api/v1/own-decisions",
  summary: "List the decisions that the key manages, newest first, drafts included",
  description:
    "An organiser's are those of its owner, an admin's are all. From the database, so a new draft may be missing for some seconds.",
  security: keySecurity("admin", "organiser"),
  request: { query: pageQuery.extend({ status: z.enum(statuses).optional() }) },
  parameters: bookmarkParameters,
  errors: ["database.unavailable"],
  responses: { 200: bookmarkedContent(pageOf(ownDecision), "A page") },
});

export const listUncertifiedRoute = route({
  method: "get",
  path: "/api/v1/uncertified-decisions",
  summary: "List decisions that are over and have waited for long to be certified",
  description:
    "For ten minutes or more. `GET /api/v1/decisions/{decisionId}/certification` says what for.",
  security: keySecurity("admin", "auditor"),
  request: { query: pageQuery },
  errors: [],
  responses: {
    200: jsonContent(
      pageOf(z.object({ decision_id: z.string(), since: z.iso.datetime() })),
      "A page, by id",
    ),
  },
});

export const readCertificationRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/certification",
  summary: "Read what a decision that is over waits for before it is certified",
  description:
    "`extension`: shards have not said whether voting goes on. `seals`: `shards` have not given their last word. `publication`: its ballots are being published. " +
    "`row_check`: its rows are being compared with the record. `database_unavailable`: the database does not answer. `ballots`: ballots of `shards` are not all in the database. " +
    "`dead_letters`: the database refused ballots. `results`: regional results are not in the database. `next_check`: nothing is missing, and the next check certifies it.",
  security: keySecurity("admin", "organiser", "auditor"),
  request: { params: decisionParams },
  errors: [],
  responses: {
    200: jsonContent(
      z.object({
        decision_id: z.string(),
        status: z.enum(statuses),
        certified_at: z.iso.datetime().nullable(),
        since: z.iso.datetime().nullable().openapi({
          description: "When it ended; null where it goes on, or that is not known yet",
        }),
        waits_for: z.array(
          z.object({ cause: z.enum(certificationCauses), shards: z.array(z.int()) }),
        ),
        row_check: z
          .enum(["rebuild", "certification"])
          .nullable()
          .openapi({ description: "What has its rows compared with the record now" }),
      }),
      "What it waits for; nothing where it is certified, or goes on",
    ),
  },
});

export const readServiceRoute = route({
  method: "get",
  path: "/api/v1/service",
  summary: "Read how the deployment does, and by codes what keeps it from its work",
  description: "What `/readyz` says in words; one look is shared for a second.",
  security: keySecurity("admin", "auditor"),
  errors: ["service.unknown"],
  responses: {
    200: jsonContent(
      z
        .object({
          ready: z.boolean(),
          looked_at: z.iso.datetime(),
          release: z.string().openapi({ description: "The version of this software" }),
          causes: z
            .array(z.object({ code: z.enum(readinessCodes), detail: z.string().nullable() }))
            .openapi({
              description:
                "`detail` is what was met. `database.filling`, `database.replica_unwell`, `cache.unwell`, `search.unwell` and `search.behind` leave it ready",
            }),
          database: z.object({
            kind: z.enum(["d1", "postgres", "misconfigured"]),
            used_percent: z.int().nullable().openapi({
              description: "Of what D1 may hold at most; null of others, and where it is not known",
            }),
            bytes_max: z.int().nullable(),
            dead_letters: z.int().nullable().openapi({
              description: "Open ones among the first 10,000; null where that is not known",
            }),
          }),
          vote_log: z.object({
            kind: z.string(),
            lag_ballots: z.int().nullable().openapi({ description: "At least; a power of ten" }),
            oldest_minutes: z.int().nullable(),
          }),
          certification: z.object({
            waiting: z.int().nullable(),
            oldest_minutes: z.int().nullable(),
          }),
          cache: z.enum(["off", "ok", "refuses_writes", "unreachable", "misconfigured"]),
          search: z.object({
            kind: z.enum(["embedded", "opensearch", "none", "misconfigured", "unknown"]),
            indexed_to: z.iso.datetime().nullable().openapi({
              description:
                "What had changed until then is found; null where nothing was ever indexed, or the index has lost what it had",
            }),
          }),
        })
        .openapi("Service"),
      "How it does",
    ),
  },
});
