import { z } from "@hono/zod-openapi";
import { auditActions } from "../../audit-log/audit-entry.ts";
import { keyRoles } from "../../auth/api-key.ts";
import { statuses } from "../../decision/decision.ts";
import { limits } from "../../shared/limits.ts";
import { tallySchema } from "../../results/result-json.ts";
import {
  decisionParams,
  digitsOr,
  digitsSchema,
  jsonContent,
  keySecurity,
  pageOf,
  pageQuery,
  readerSecurity,
} from "./common.ts";
import { route } from "./route.ts";
import { ballotHashSchema, ballotShape } from "./records.ts";

export const auditDecisionsRoute = route({
  method: "get",
  path: "/api/v1/audit/decisions",
  summary: "List the ids of all decisions ever created, from the record",
  description: "Not from the database: what an audit or a rebuild of the database starts from.",
  security: keySecurity("admin", "auditor"),
  request: { query: pageQuery },
  errors: [],
  responses: {
    200: jsonContent(pageOf(z.string()), "A page, by id"),
  },
});

const shardTallyShape = {
  total: tallySchema,
  regions: z.array(tallySchema.extend({ region: z.string() })),
};

export const auditDecisionRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit",
  summary: "Compare the record, the room and the database",
  security: keySecurity("admin", "auditor"),
  request: { params: decisionParams },
  errors: ["database.unavailable", "results.sealed", "shard.unavailable"],
  responses: {
    200: jsonContent(
      z.object({
        decision_id: z.string(),
        status: z.enum(statuses),
        room: z.object({ version: z.int(), ...shardTallyShape }),
        shards: z.array(
          z.object({
            shard: z.int(),
            seq: z.int(),
            published_seq: z.int(),
            confirmed_seq: z.int(),
            drain_failure: z
              .string()
              .nullable()
              .openapi({ description: "Why the shard's last publishing failed" }),
            sealed: z.boolean(),
            // Of roll calls alone.
            ...z.object(shardTallyShape).partial().shape,
          }),
        ),
        database: z.object({
          shards: z.array(z.object({ shard: z.int(), applied_seq: z.int(), ballots: z.int() })),
          archived: z
            .array(z.object({ region: z.string(), quarter: z.string() }))
            .openapi({ description: "Ballots that the operator has taken out of the table" }),
          dead_letters: z.int(),
        }),
      }),
      "What each of them holds",
    ),
  },
});

const auditParams = decisionParams.extend({ shard: digitsSchema({ min: 0 }) });
const auditQuery = z.object({
  after_seq: digitsOr(0, { min: 0 }),
  limit: digitsOr(limits.auditPageMax, { min: 1, max: limits.auditPageMax }),
});

export const auditShardBallotsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots",
  summary: "Read ballots of a roll call from the record",
  security: keySecurity("admin", "auditor"),
  request: { params: auditParams, query: auditQuery },
  errors: ["results.sealed", "votes.not_roll_call", "decision.forgotten"],
  responses: {
    200: jsonContent(
      z.object({
        ballots: z.array(z.object({ ...ballotShape, ballot_hash: ballotHashSchema })),
        next: z.int().nullable(),
      }),
      "A page, by seq",
    ),
  },
});

export const auditShardRollRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit/shards/{shard}/roll",
  summary: "Read a shard's part of the frozen roll, by pseudonym",
  description:
    "The roll's hash is made of these. A shard's hash is the SHA-256 of the line `[\"enviro-governance/roll/1\",decision,shard]` and of a line `[pid,region,weight]`, or `[pid,region,weight,name]` of whom the roll names, a voter, in the byte " +
    'order of the pids; the roll\'s hash is that of `["enviro-governance/roll/1",decision,[hash of each shard]]`. All are JSON without spaces; each line ends with a line feed.',
  security: keySecurity("admin", "auditor"),
  request: {
    params: auditParams,
    query: z.object({ after: z.string().max(22).default(""), limit: auditQuery.shape.limit }),
  },
  errors: ["roll.open_electorate", "decision.forgotten"],
  responses: {
    200: jsonContent(
      z.object({
        voters: z.array(
          z.object({
            pid: z.string(),
            region: z.string(),
            weight: z.int(),
            name: z.string().optional(),
          }),
        ),
        next: z.string().nullable(),
      }),
      "A page, by pid",
    ),
  },
});

export const auditDatabaseBallotsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit/database/{shard}/ballots",
  summary: "Read ballots of a roll call from the database",
  security: keySecurity("admin", "auditor"),
  request: { params: auditParams, query: auditQuery },
  errors: [
    "database.unavailable",
    "results.sealed",
    "votes.not_roll_call",
    "decision.forgotten",
    "ballots.archived",
  ],
  responses: {
    200: jsonContent(
      z.object({ ballots: z.array(z.object(ballotShape)), next: z.int().nullable() }),
      "A page, by seq",
    ),
  },
});

const auditLogQuery = z.object({
  after_seq: auditQuery.shape.after_seq,
  limit: digitsOr(limits.auditLogPageMax, { min: 1, max: limits.auditLogPageMax }),
});

const auditLogPageSchema = z
  .object({
    entries: z.array(
      z.object({
        seq: z.int(),
        at: z.iso.datetime(),
        actor: z.object({
          role: z.enum(keyRoles),
          key_id: z.string(),
          owner: z.string().nullable(),
          session: z.string().nullable().openapi({
            description: "Of somebody who had signed in; null of whoever sent a key",
          }),
        }),
        action: z.enum(auditActions),
        facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        digest: z
          .string()
          .openapi({ description: "SHA-256 of what was asked for, as JSON with sorted members" }),
        hash: z.string(),
      }),
    ),
    head: z.object({ seq: z.int(), hash: z.string() }).openapi({
      description:
        "Where the log ends. Note it down: a log that was cut or rewritten can't reach it",
    }),
    next: z.int().nullable(),
  })
  .openapi("AuditLog");

const chainWords =
  'Each hash is the SHA-256 of `[previous hash, seq, at in ms, [role, key_id, owner, session], action, facts, digest]` as JSON without spaces, members sorted; before the first stands the hash of `["enviro-governance/audit-log/1", log]`, where log is ';

export const decisionAuditLogRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/audit-log",
  summary: "Read what was done to a decision, and with which key",
  description: `${chainWords}\`decision {id}\`.`,
  security: keySecurity("admin", "organiser", "auditor"),
  request: { params: decisionParams, query: auditLogQuery },
  errors: [],
  responses: {
    200: jsonContent(auditLogPageSchema, "A page, by seq"),
  },
});

export const decisionEventsRoute = route({
  method: "get",
  path: "/api/v1/decisions/{decisionId}/events",
  summary: "Read what was done to a decision since its opening",
  description: `The public part of its audit log, without gaps: closing early, cancelling, issuing tokens and all else. ${chainWords}\`decision {id}\`; here the first entry follows \`before\`.`,
  security: readerSecurity,
  request: {
    params: decisionParams,
    query: z.object({
      after_seq: auditQuery.shape.after_seq,
      limit: digitsOr(limits.eventsPageMax, { min: 1, max: limits.eventsPageMax }),
    }),
  },
  errors: ["manifest.none"],
  responses: {
    200: jsonContent(
      z
        .object({
          ...auditLogPageSchema.shape,
          before: z.object({ seq: z.int(), hash: z.string() }),
          look_ups: z.int().openapi({
            description: "How often a station has asked whether a voter has voted",
          }),
        })
        .openapi("Events"),
      "A page, by seq",
    ),
  },
});

export const registryAuditLogRoute = route({
  method: "get",
  path: "/api/v1/audit-log",
  summary: "Read what was done to the API keys, and with which key",
  description: `${chainWords}\`registry\`.`,
  security: keySecurity("admin", "auditor"),
  request: { query: auditLogQuery },
  errors: [],
  responses: {
    200: jsonContent(auditLogPageSchema, "A page, by seq"),
  },
});

export const rebuildDecisionRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/rebuild",
  summary: "Send a decision to the database again, from the record",
  description: "`npx enviro rebuild` does it for many, or for all.",
  security: keySecurity("admin"),
  request: { params: decisionParams },
  errors: [],
  responses: { 202: { description: "Begun" } },
});
