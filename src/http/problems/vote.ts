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
    detail: "The first vote is final; `receipt`, where one is shown, is its receipt.",
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
  "vote.ambiguous_repeat": {
    status: 409,
    title: "This may be a late repeat of an earlier vote",
    detail:
      "You voted so before, then differently (`receipt` is that earlier ballot's). To vote so again, send an Idempotency-Key.",
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
  "idempotency.key_required": {
    status: 400,
    title: "This decision takes votes with an Idempotency-Key alone",
    detail:
      "Send one of your own making, hard to guess, and the same with every repeat: it proves that the vote was yours.",
  },
  "idempotency.key_reused": {
    status: 422,
    title: "The Idempotency-Key was used for another vote",
    detail: "Send a new key for a new vote; `receipt` is the earlier one's.",
  },
} satisfies ProblemTable;
