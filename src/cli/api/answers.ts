import type { Answer, Ask } from "../../client/routes.ts";

// Names for what the API answers, as its contract has it.

export type DecisionAnswer = Answer<"GET /api/v1/decisions/{decisionId}">;
export type DecisionDraftBody = Ask<"POST /api/v1/decisions">["body"];
export type AuditAnswer = Answer<"GET /api/v1/decisions/{decisionId}/audit">;
export type OutcomeAnswer = Answer<"GET /api/v1/decisions/{decisionId}/outcome">;
export type ImportAnswer = Answer<"PUT /api/v1/decisions/{decisionId}/roll">;
export type RollAnswer = Answer<"GET /api/v1/decisions/{decisionId}/roll">;
export type RollVoterAnswer =
  Answer<"GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/roll">["voters"][number];
export type LoggedBallotAnswer =
  Answer<"GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots">["ballots"][number];
/** A ballot without its hash, as the database has it. */
export type BallotAnswer =
  Answer<"GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots">["ballots"][number];
export type AuditLogPageAnswer = Answer<"GET /api/v1/decisions/{decisionId}/audit-log">;
export type DeadLetterAnswer = Answer<"GET /api/v1/dead-letters">["items"][number];
export type DeadLetterOutcome =
  Answer<"POST /api/v1/dead-letters/{deadLetterId}/replay">["outcome"];

export type VoteItem =
  Ask<"POST /api/v1/decisions/{decisionId}/votes/batch">["body"]["votes"][number];
type VoteResult = Answer<"POST /api/v1/decisions/{decisionId}/votes/batch">["results"][number];
export type ReceiptAnswer = Extract<VoteResult, { status: "accepted" | "repeated" }>["receipt"];

/** Results that show their counts. */
export type CountedResults = Extract<
  Answer<"GET /api/v1/decisions/{decisionId}/results">,
  { shows: "counts" }
>;
