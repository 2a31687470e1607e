import { z } from "zod";
import * as audit from "../../http/contract/audit.ts";
import * as deadLetters from "../../http/contract/dead-letters.ts";
import * as decisions from "../../http/contract/decisions.ts";
import * as outcome from "../../http/contract/outcome.ts";
import * as results from "../../http/contract/results.ts";
import * as roll from "../../http/contract/roll.ts";
import * as voting from "../../http/contract/voting.ts";
import { tallySchema } from "../../results/result-json.ts";

// The API's answers as its own contract has them. Of those that come by the thousand the parts alone that the scripts read are judged.

type Answering<Schema> = {
  responses: { 200: { content: { "application/json": { schema: Schema } } } };
};

function answerOf<Schema>({ responses }: Answering<Schema>): Schema {
  return responses[200].content["application/json"].schema;
}

export type TallyAnswer = z.infer<typeof tallySchema>;

export const { receiptSchema } = voting;
export type ReceiptAnswer = z.infer<typeof receiptSchema>;
export const batchAnswerSchema = voting.batchResultSchema.pick({ results: true });
export const tokensAnswerSchema = answerOf(voting.issueTokens);

export const decisionSchema = answerOf(decisions.readDecision).pick({
  id: true,
  title: true,
  status: true,
  electorate: true,
  revote_policy: true,
  visibility: true,
  extension: true,
  shards: true,
  manifest_hash: true,
});
export type DecisionAnswer = z.infer<typeof decisionSchema>;
export const decisionListSchema = answerOf(decisions.listDecisions).extend({
  items: z.array(decisionSchema),
});
export const decisionIdListSchema = answerOf(audit.auditDecisions);

/** Of a decision that shows its counts. */
export const resultsSchema = results.countedResultSchema.pick({
  decision_id: true,
  status: true,
  version: true,
  final: true,
  total: true,
  regions: true,
  other_regions: true,
});
export type ResultsAnswer = z.infer<typeof resultsSchema>;

export const importAnswerSchema = answerOf(roll.importRoll);
export type ImportAnswer = z.infer<typeof importAnswerSchema>;
export const rollStatusSchema = answerOf(roll.readRoll);
export type RollStatusAnswer = z.infer<typeof rollStatusSchema>;
export const rollPageSchema = answerOf(audit.auditShardRoll);
export type RollVoterAnswer = z.infer<typeof rollPageSchema>["voters"][number];

export const auditSchema = answerOf(audit.auditDecision);
export type AuditAnswer = z.infer<typeof auditSchema>;
export const databaseBallotsSchema = answerOf(audit.auditDatabaseBallots);
export type BallotAnswer = z.infer<typeof databaseBallotsSchema>["ballots"][number];
export const loggedBallotsSchema = answerOf(audit.auditShardBallots);
export type LoggedBallotAnswer = z.infer<typeof loggedBallotsSchema>["ballots"][number];
export const auditLogPageSchema = answerOf(audit.decisionAuditLog);
export type AuditLogPageAnswer = z.infer<typeof auditLogPageSchema>;

export const deadLetterListSchema = answerOf(deadLetters.listDeadLetters);
export type DeadLetterAnswer = z.infer<typeof deadLetterListSchema>["items"][number];
export const deadLetterSchema = answerOf(deadLetters.readDeadLetter);
export const replayAnswerSchema = answerOf(deadLetters.replayDeadLetter);
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;

/** A frozen manifest as it was hashed; what is not named here stays in it. */
export const manifestSchema = answerOf(outcome.readManifest).extend({
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
  rule: z.record(z.string(), z.unknown()),
  opensAt: z.int(),
  closesAt: z.int().nullable(),
  extensionMinutes: z.int().nullable(),
  weightMax: z.int(),
});
export type ManifestAnswer = z.infer<typeof manifestSchema>;

/** An outcome as it was given: what is compared with the recount stays as it is. */
export const outcomeSchema = answerOf(outcome.readOutcome)
  .pick({ final: true, manifest_hash: true, seals: true })
  .loose();
export type OutcomeAnswer = z.infer<typeof outcomeSchema>;

/** A refusal; whoever stands between may leave its words out. */
export const problemSchema = z.object({
  code: z.string(),
  title: z.string().default(""),
  detail: z.string().default(""),
});
