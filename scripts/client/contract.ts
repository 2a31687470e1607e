import { z } from "zod";
import { actNames } from "../../src/acts/act.ts";
import { keyRoles } from "../../src/auth/api-key.ts";
import { ballotChoices } from "../../src/ballot/ballot.ts";

/** The parts of the API's answers that the scripts read. Unknown members are ignored; a missing one is an error with its path. */
const count = z.object({ ballots: z.int().nonnegative(), weight: z.string().regex(/^\d+$/) });

export const tallySchema = z.object({
  yes: count,
  no: count,
  abstain: count,
  ballots: z.int().nonnegative(),
  weight: z.string().regex(/^\d+$/),
});
export type TallyAnswer = z.infer<typeof tallySchema>;

const regionTallies = z.array(tallySchema.extend({ region: z.string() }));

export const receiptSchema = z.object({
  decision_id: z.string(),
  shard: z.int().nonnegative(),
  /** Null in a sealed decision. */
  seq: z.int().positive().nullable(),
  ballot_hash: z.string().regex(/^[0-9a-f]{64}$/),
  accepted_at: z.string(),
});
export type ReceiptAnswer = z.infer<typeof receiptSchema>;

export const decisionSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(["draft", "scheduled", "open", "closing", "closed", "certified", "cancelled"]),
  electorate: z.enum(["open", "roll"]),
  revote_policy: z.enum(["final", "revisable"]),
  visibility: z.enum(["live", "turnout", "sealed"]),
  extension: z.object({ minutes: z.int(), extended: z.boolean() }).nullable(),
  shards: z.int().positive(),
  manifest_hash: z.string().nullable(),
});
export type DecisionAnswer = z.infer<typeof decisionSchema>;

export const decisionListSchema = z.object({
  items: z.array(decisionSchema),
  next: z.string().nullable(),
});

export const decisionIdListSchema = z.object({
  items: z.array(z.string()),
  next: z.string().nullable(),
});

export const batchAnswerSchema = z.object({
  results: z.array(
    z.discriminatedUnion("status", [
      z.object({ status: z.literal("accepted"), receipt: receiptSchema }),
      z.object({ status: z.literal("repeated"), receipt: receiptSchema }),
      z.object({ status: z.literal("refused"), code: z.string(), detail: z.string() }),
    ]),
  ),
});

export const resultsSchema = z.object({
  decision_id: z.string(),
  status: z.string(),
  version: z.int().nonnegative(),
  final: z.boolean(),
  total: tallySchema,
  regions: regionTallies,
  /** Regions too small to be shown one by one. */
  other_regions: tallySchema.extend({ codes: z.array(z.string()) }).optional(),
});
export type ResultsAnswer = z.infer<typeof resultsSchema>;

export const tokensAnswerSchema = z.object({
  tokens: z.array(z.object({ voter_id: z.string(), token: z.string() })),
});

const rollFigures = { voters: z.int().nonnegative(), weight: z.string().regex(/^\d+$/) };

const rollSchema = z.object({
  import: z.int().positive(),
  hash: z.string(),
  ...rollFigures,
  regions: z.array(z.object({ region: z.string(), ...rollFigures })),
});

export const importAnswerSchema = z.object({
  rows: z.int().nonnegative(),
  loaded: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  reasons: z.array(z.object({ code: z.string(), rows: z.int().positive(), detail: z.string() })),
  problems: z.array(z.object({ line: z.int().positive(), code: z.string() })),
  roll: rollSchema,
});
export type ImportAnswer = z.infer<typeof importAnswerSchema>;

export const rollStatusSchema = z.object({
  roll: rollSchema.nullable(),
  upload: z.object({ rows: z.int().nonnegative(), bytes: z.int().nonnegative() }).nullable(),
});
export type RollStatusAnswer = z.infer<typeof rollStatusSchema>;

const rollVoter = z.object({ pid: z.string(), region: z.string(), weight: z.int().positive() });
export type RollVoterAnswer = z.infer<typeof rollVoter>;

export const rollPageSchema = z.object({
  voters: z.array(rollVoter),
  next: z.string().nullable(),
});

export const auditSchema = z.object({
  decision_id: z.string(),
  status: z.string(),
  room: z.object({
    version: z.int().nonnegative(),
    total: tallySchema,
    regions: regionTallies,
  }),
  shards: z.array(
    z.object({
      shard: z.int().nonnegative(),
      seq: z.int().nonnegative(),
      published_seq: z.int().nonnegative(),
      drain_failure: z.string().nullable(),
      sealed: z.boolean(),
      total: tallySchema,
      regions: regionTallies,
    }),
  ),
  database: z.object({
    shards: z.array(
      z.object({
        shard: z.int().nonnegative(),
        applied_seq: z.int().nonnegative(),
        ballots: z.int().nonnegative(),
      }),
    ),
    dead_letters: z.int().nonnegative(),
  }),
});
export type AuditAnswer = z.infer<typeof auditSchema>;

const ballot = z.object({
  seq: z.int().positive(),
  pid: z.string(),
  choice: z.enum(ballotChoices),
  region: z.string(),
  weight: z.int().positive(),
  accepted_at: z.string(),
});
export type BallotAnswer = z.infer<typeof ballot>;

export const databaseBallotsSchema = z.object({
  ballots: z.array(ballot),
  next: z.int().nullable(),
});

export const loggedBallotsSchema = z.object({
  ballots: z.array(ballot.extend({ ballot_hash: z.string() })),
  next: z.int().nullable(),
});
export type LoggedBallotAnswer = z.infer<typeof loggedBallotsSchema>["ballots"][number];

const deadLetterShape = {
  place: z.string(),
  open: z.boolean(),
  cause: z.string(),
  retries: z.int().nonnegative(),
  at: z.string(),
};
export const deadLetterListSchema = z.object({
  items: z.array(z.object(deadLetterShape)),
  next: z.string().nullable(),
});
export type DeadLetterAnswer = z.infer<typeof deadLetterListSchema>["items"][number];

export const deadLetterSchema = z.object({ ...deadLetterShape, body: z.string() });

export const replayAnswerSchema = z.object({
  outcome: z.enum(["landed", "refused", "not_recorded", "unreadable"]),
});
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;

export const actPageSchema = z.object({
  acts: z.array(
    z.object({
      seq: z.int(),
      at: z.string(),
      actor: z.object({
        role: z.enum(keyRoles),
        key_id: z.string(),
        owner: z.string().nullable(),
      }),
      act: z.enum(actNames),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      digest: z.string(),
      hash: z.string(),
    }),
  ),
  head: z.object({ seq: z.int(), hash: z.string() }),
  next: z.int().nullable(),
});
export type ActPageAnswer = z.infer<typeof actPageSchema>;

/** A frozen manifest as it was hashed; what is not named here stays in it. */
export const manifestSchema = z.looseObject({
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  rule: z.record(z.string(), z.unknown()),
  opensAt: z.int(),
  closesAt: z.int().nullable(),
  extensionMinutes: z.int().nullable(),
  weightMax: z.int(),
});
export type ManifestAnswer = z.infer<typeof manifestSchema>;

export const outcomeSchema = z.looseObject({
  final: z.boolean(),
  manifest_hash: z.string(),
  seals: z.array(z.object({ shard: z.int(), seq: z.int(), sealed_at: z.string() })),
});
export type OutcomeAnswer = z.infer<typeof outcomeSchema>;

export const problemSchema = z.object({
  code: z.string(),
  title: z.string().default(""),
  detail: z.string().default(""),
});
