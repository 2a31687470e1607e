import type { ProblemCode } from "../problem.ts";

const decision = "/api/v1/decisions/{decisionId}";

/**
 * The refusals of a route that do not follow from its shape (its body, parameters and credential), by method and path. The tests hold every
 * refusal that they meet against this: one that is missing here fails them with the route and the code.
 */
export const ownCodes: Readonly<Record<string, readonly ProblemCode[]>> = {
  "POST /api/v1/voting/cast-vote": [
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
    "idempotency.key_reused",
    "shard.overloaded",
    "shard.unavailable",
  ],
  [`POST ${decision}/votes/batch`]: [
    "vote.invalid_choice",
    "voter.invalid_id",
    "decision.not_open",
    "decision.closed",
    "shard.overloaded",
    "shard.unavailable",
  ],
  [`POST ${decision}/tokens`]: ["voter.invalid_id", "vote.unknown_region", "vote.weight_too_large"],
  [`POST ${decision}/tokens/exchange`]: [
    "login.not_offered",
    "login.unavailable",
    "vote.unknown_region",
  ],
  "POST /api/v1/decisions": ["decision.exists", "login.unknown_issuer"],
  [`PATCH ${decision}`]: [
    "decision.not_draft",
    "decision.window_backwards",
    "login.unknown_issuer",
  ],
  [`POST ${decision}/open`]: [
    "decision.already_ended",
    "decision.window_passed",
    "roll.missing",
    "roll.outdated",
    "shard.unavailable",
  ],
  [`POST ${decision}/close`]: ["decision.not_open", "decision.already_ended", "shard.unavailable"],
  [`POST ${decision}/cancel`]: ["decision.already_ended", "shard.unavailable"],
  [`PUT ${decision}/roll`]: [
    "body.unsupported_type",
    "body.too_large",
    "body.cut_off",
    "decision.not_draft",
    "roll.open_electorate",
    "roll.outdated",
    "roll.superseded",
    "roll.missing_column",
    "roll.unknown_column",
    "roll.duplicate_column",
    "roll.empty",
    "roll.too_many_rows",
    "shard.unavailable",
  ],
  [`GET ${decision}/eligibility`]: ["token.wrong_decision", "roll.missing"],
  [`POST ${decision}/eligibility`]: ["voter.invalid_id", "roll.missing", "roll.open_electorate"],
  [`GET ${decision}/results`]: ["shard.unavailable"],
  [`GET ${decision}/results/{region}`]: ["shard.unavailable"],
  [`GET ${decision}/results/stream`]: ["shard.unavailable", "watchers.full"],
  [`GET ${decision}/results/socket`]: [
    "route.upgrade_required",
    "shard.unavailable",
    "watchers.full",
  ],
  [`GET ${decision}/votes`]: ["decision.not_closed", "projection.behind"],
  [`GET ${decision}/export`]: ["decision.not_closed", "projection.behind"],
  [`GET ${decision}/audit`]: ["shard.unavailable"],
  [`GET ${decision}/audit/shards/{shard}/roll`]: ["roll.open_electorate"],
  "POST /api/v1/rules/evaluate": ["rule.invalid", "rule.figure_missing", "rule.preset_not_found"],
  "POST /api/v1/api-keys": ["keys.full"],
};
