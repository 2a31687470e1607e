import type { ProblemTable } from "./problem-table.ts";

/** A vote that its shard or the door refuses. */
export const voteProblems = {
  "vote.invalid_choice": {
    status: 400,
    title: "The vote is not one of the choices",
    detail: "Vote `yes`, `no` or `abstain`.",
  },
  "voter.invalid_id": {
    status: 400,
    title: "The voter_id is not valid",
    detail: "Send 1 to 255 characters, not all blank, without control or invisible characters.",
  },
  "vote.already_cast": {
    status: 409,
    title: "This voter has voted",
    detail: "The first vote is final. Whether it is yours its receipt shows.",
  },
  "vote.final": {
    status: 409,
    title: "Votes of this decision are final",
    detail: "A vote can be taken back only where the decision's revote_policy is `revisable`.",
  },
  "vote.nothing_to_withdraw": {
    status: 409,
    title: "This voter has not voted",
    detail: "There is nothing to take back.",
  },
  "vote.nonce_required": {
    status: 400,
    title: "The vote has no nonce",
    detail:
      "Draw 32 random bytes, send them as `nonce` in 64 lower-case hexadecimal digits, and the same with every repeat: they make the ballot's hash yours alone.",
  },
  "vote.nonce_reused": {
    status: 409,
    title: "The nonce was sent with another vote",
    detail: "Repeat that vote as it was, or draw a new nonce for a new one.",
  },
  "vote.proof_required": {
    status: 403,
    title: "A change of a vote takes proof that it is yours",
    detail:
      "Send the `r` of your newest receipt as `proof`, or log in again where the decision takes logins.",
  },
  "vote.statement_not_published": {
    status: 422,
    title: "This decision publishes no names or statements",
    detail: "Leave `name` and `statement` out; only roll calls have them.",
  },
  "vote.stations_excluded": {
    status: 403,
    title: "This decision takes no votes from stations",
    detail: "Its voters vote themselves; GET the decision for its `stations`.",
  },
  "vote.revisions_exhausted": {
    status: 409,
    title: "This voter has changed the vote too often",
    detail: "The newest ballot stays counted.",
  },
  "vote.not_on_roll": {
    status: 403,
    title: "The voter is not on the roll",
    detail: "Ask the organiser; GET the decision's eligibility shows what the roll says.",
  },
  "vote.unknown_region": {
    status: 422,
    title: "The voter's region is none of the decision's",
    detail: "Name one of the decision's regions; GET the decision for their codes.",
  },
  "vote.weight_too_large": {
    status: 422,
    title: "The weight is above the decision's largest",
    detail: "GET the decision for its weight_max.",
  },
  "vote.wrong_shard": {
    status: 500,
    title: "The vote reached a shard that is not its own",
    detail: "Nothing was counted; repeat the request.",
  },
  "idempotency.invalid_key": {
    status: 400,
    title: "The Idempotency-Key is not valid",
    detail: "Send 1 to 255 printable ASCII characters.",
  },
} satisfies ProblemTable;
