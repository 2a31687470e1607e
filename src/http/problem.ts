import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { limits } from "../shared/limits.ts";

/** A refusal with a stable code. One place turns it into a problem document (RFC 9457); anything else that is thrown is a plain 500. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly status: ContentfulStatusCode;
  readonly detail: string;
  readonly more: ProblemMore;

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    const { status, title, detail } = problems[code];
    super(`${code}: ${title}`);
    this.code = code;
    this.status = status;
    this.detail = more.detail ?? detail;
    this.more = more;
  }
}

type ProblemMore = {
  /** Says what to do next where the code's own sentence can't know it. */
  detail?: string;
  errors?: { pointer: string; detail: string }[];
  retryAfterSeconds?: number;
  /** The receipt of the ballot that stands in the way. */
  receipt?: object;
};

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  receipt: z.record(z.string(), z.unknown()).optional(),
});

/** The problem document of a refusal; `type` is a URN, since no page of ours outlives a deployment's name. */
export function problemResponse(problem: Problem): Response {
  const { code, status, detail, more } = problem;
  const body = {
    type: `urn:enviro-governance:problem:${code}`,
    title: problems[code].title,
    status,
    detail,
    code,
    ...(more.errors === undefined ? {} : { errors: more.errors }),
    ...(more.receipt === undefined ? {} : { receipt: more.receipt }),
  };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (more.retryAfterSeconds !== undefined) {
    headers.set("retry-after", String(more.retryAfterSeconds));
  }
  if (status === 426) headers.set("upgrade", "websocket");
  if (status === 401) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(body), { status, headers });
}

type ProblemKind = { status: ContentfulStatusCode; title: string; detail: string };

/** Every refusal there is: its status, what it is, and what to do about it. Codes are stable; the sentences may improve. */
export const problems = {
  "body.not_json": kind(
    400,
    "The body is not JSON",
    "Send one JSON object, encoded as UTF-8, with content-type application/json.",
  ),
  "body.unsupported_type": kind(
    415,
    "The body's type is not supported",
    "Send JSON, with content-type application/json.",
  ),
  "body.duplicate_key": kind(400, "A member stands twice", "Name every member of an object once."),
  "body.too_deep": kind(
    400,
    "The body is nested too deep",
    `Nest objects and lists at most ${limits.jsonDepthMax} deep.`,
  ),
  "body.wrong_type": kind(
    400,
    "A member is missing or of the wrong type",
    "See `errors` for the place and what is expected there.",
  ),
  "body.unknown_field": kind(
    400,
    "A member is not known",
    "Leave out the members named in `errors`.",
  ),
  "body.invalid": kind(
    400,
    "A member is out of range",
    "See `errors` for the place and what is expected there.",
  ),
  "body.too_large": kind(413, "The body is too large", "Send fewer or shorter items a request."),
  "body.cut_off": kind(
    400,
    "The body broke off",
    "Nothing was changed; send the whole of it again.",
  ),
  "query.invalid": kind(
    400,
    "A parameter is not valid",
    "See `errors` for the parameter and what is expected.",
  ),
  "vote.invalid_choice": kind(
    400,
    "The vote is not one of the choices",
    "Vote `yes`, `no` or `abstain`.",
  ),
  "voter.invalid_id": kind(400, "The voter_id is not valid", "A voter_id has 1 to 255 characters."),
  "credential.missing": kind(
    401,
    "No credential was sent",
    "Send `Authorization: Bearer` with a ballot token or an API key.",
  ),
  "key.invalid": kind(
    401,
    "The API key is not known",
    "Check the key, or ask an admin for a new one.",
  ),
  "token.invalid": kind(
    401,
    "The ballot token is not valid",
    "Ask the organiser for a new ballot token.",
  ),
  "token.expired": kind(
    401,
    "The ballot token has expired",
    "Ask the organiser for a new ballot token.",
  ),
  "token.wrong_decision": kind(
    403,
    "The ballot token is for another decision",
    "Use the token that was issued for this decision.",
  ),
  "login.invalid": kind(
    401,
    "The login is not valid",
    "Log in again with the issuer that the decision names, and send the ID token it gives.",
  ),
  "login.expired": kind(401, "The login has expired", "Log in again and send the new ID token."),
  "login.not_offered": kind(
    409,
    "The decision takes no logins",
    "Ask the organiser for a ballot token.",
  ),
  "login.unknown_issuer": kind(
    422,
    "The issuer is none that this deployment trusts",
    "Name an issuer of EXTERNAL_ISSUERS, exactly as it stands there.",
  ),
  "login.unavailable": kind(
    503,
    "The login can't be checked now",
    "The issuer's keys were not to be had; repeat the request after the time in Retry-After.",
  ),
  "role.forbidden": kind(
    403,
    "This credential may not do that",
    "Use a credential whose role and scope allow it.",
  ),
  "route.not_found": kind(
    404,
    "There is nothing here",
    "See /api/v1/openapi.json for what there is.",
  ),
  "route.upgrade_required": kind(
    426,
    "This path is for WebSockets",
    "Ask for an upgrade to `websocket`, or follow …/results/stream instead.",
  ),
  "decision.not_found": kind(
    404,
    "There is no such decision",
    "Check the decision's id; GET /api/v1/decisions lists them.",
  ),
  "region.not_found": kind(
    404,
    "The decision has no such region",
    "GET the decision for the codes of its regions.",
  ),
  "region.merged": kind(
    403,
    "The region has too few ballots to be shown by itself",
    "GET the decision's results: they show it together with others, as `other_regions`.",
  ),
  "results.sealed": kind(
    403,
    "The decision's counts are not shown yet",
    "Nobody sees them before it has closed; GET the decision for the time.",
  ),
  "shard.not_found": kind(
    404,
    "The decision has no such shard",
    "GET the decision for the number of its shards; they count from 0.",
  ),
  "key.not_found": kind(404, "There is no such API key", "GET /api/v1/api-keys lists them."),
  "dead_letter.not_found": kind(
    404,
    "There is no such dead letter",
    "GET /api/v1/dead-letters lists them; one whose ballot its shard never accepted was dropped.",
  ),
  "decision.exists": kind(
    409,
    "Another decision has this id",
    "Choose another id, or leave it out.",
  ),
  "decision.not_draft": kind(
    409,
    "The decision is no longer a draft",
    "Its manifest is frozen; create another decision.",
  ),
  "decision.not_open": kind(
    409,
    "The decision is not open yet",
    "Vote once its window has begun; GET the decision for the time.",
  ),
  "decision.closed": kind(
    409,
    "The decision takes no more votes",
    "Its window has ended; GET its results.",
  ),
  "decision.not_closed": kind(
    409,
    "The decision is not closed yet",
    "Single ballots are public once it is closed.",
  ),
  "decision.already_ended": kind(
    409,
    "The decision has already ended",
    "GET the decision for its status.",
  ),
  "decision.window_backwards": kind(
    400,
    "The window ends before it begins",
    "Give `closes_at` after `opens_at`; a change of one end is judged with the other.",
  ),
  "decision.window_passed": kind(
    409,
    "The decision's window has already passed",
    "PATCH `closes_at` to a time to come, then open it.",
  ),
  "vote.already_cast": kind(
    409,
    "This voter has voted",
    "The first vote is final; `receipt`, where one is shown, is its receipt.",
  ),
  "vote.final": kind(
    409,
    "Votes of this decision are final",
    "A vote can be taken back only where the decision's revote_policy is `revisable`.",
  ),
  "vote.nothing_to_withdraw": kind(
    409,
    "This voter has not voted",
    "There is nothing to take back.",
  ),
  "vote.ambiguous_repeat": kind(
    409,
    "This may be a late repeat of an earlier vote",
    "You voted so before, then differently (`receipt` is that earlier ballot's). To vote so again, send an Idempotency-Key.",
  ),
  "vote.revisions_exhausted": kind(
    409,
    "This voter has changed the vote too often",
    "The newest ballot stays counted.",
  ),
  "vote.not_on_roll": kind(
    403,
    "The voter is not on the roll",
    "Ask the organiser; GET the decision's eligibility shows what the roll says.",
  ),
  "vote.unknown_region": kind(
    422,
    "The voter's region is none of the decision's",
    "Name one of the decision's regions; GET the decision for their codes.",
  ),
  "vote.weight_too_large": kind(
    422,
    "The weight is above the decision's largest",
    "GET the decision for its weight_max.",
  ),
  "vote.wrong_shard": kind(
    500,
    "The vote reached a shard that is not its own",
    "Nothing was counted; repeat the request.",
  ),
  "rule.invalid": kind(
    422,
    "The rule can't be used",
    "See `errors` for the place in the rule and the reason.",
  ),
  "outcome.none": kind(
    409,
    "There is no outcome",
    "A draft has none yet, and a cancelled decision ends without one; GET the decision for its status.",
  ),
  "manifest.none": kind(
    409,
    "There is no manifest yet",
    "It is frozen when the decision is opened; GET the decision for its status.",
  ),
  "rule.figure_missing": kind(
    422,
    "The rule counts by a figure that was not given",
    "Give the figure named in `errors`, or use a rule that does without it.",
  ),
  "rule.preset_not_found": kind(
    404,
    "There is no such preset",
    "GET /api/v1/rules/presets lists them.",
  ),
  "roll.missing": kind(
    409,
    "The decision has no roll yet",
    "PUT the roll, or PATCH `electorate` to `open`.",
  ),
  "roll.outdated": kind(
    409,
    "The decision's shards or regions have changed since the roll was imported",
    "PUT the roll again.",
  ),
  "roll.superseded": kind(
    409,
    "Another import has begun, or the decision is no longer a draft",
    "This upload changed nothing; GET the roll for what is in force.",
  ),
  "roll.open_electorate": kind(
    409,
    "The decision's electorate is open",
    "PATCH `electorate` to `roll` first.",
  ),
  "roll.missing_column": kind(
    400,
    "A column is missing",
    "Name voter_id, region and weight in the first line, with commas between.",
  ),
  "roll.unknown_column": kind(
    400,
    "A column is not known",
    "Leave out every column but voter_id, region and weight.",
  ),
  "roll.duplicate_column": kind(400, "A column stands twice", "Name every column once."),
  "roll.empty": kind(
    422,
    "No voter could be loaded",
    "The roll in force stays. Check the upload's format and its regions.",
  ),
  "roll.too_many_rows": kind(
    413,
    "The roll has too many rows",
    `Send at most ${limits.rollRowsMax} rows; the roll in force stays.`,
  ),
  "idempotency.invalid_key": kind(
    400,
    "The Idempotency-Key is not valid",
    "Send 1 to 255 printable ASCII characters.",
  ),
  "idempotency.key_required": kind(
    400,
    "This decision takes votes with an Idempotency-Key alone",
    "Send one of your own making, hard to guess, and the same with every repeat: it proves that the vote was yours.",
  ),
  "idempotency.key_reused": kind(
    422,
    "The Idempotency-Key was used for another vote",
    "Send a new key for a new vote; `receipt` is the earlier one's.",
  ),
  "shard.overloaded": kind(
    503,
    "Too many votes at once",
    "Nothing was counted; repeat the request after the time in Retry-After.",
  ),
  "shard.unavailable": kind(
    503,
    "The votes' record did not answer",
    "Repeat the request: a vote that was counted is not counted again.",
  ),
  "projection.behind": kind(
    503,
    "The database is still catching up",
    "The record is complete; repeat the request after the time in Retry-After.",
  ),
  "watchers.full": kind(
    503,
    "Too many watch this decision",
    "Poll its results instead, or come back later.",
  ),
  "keys.full": kind(409, "There are too many API keys", "Revoke keys that are no longer used."),
  "server.error": kind(
    500,
    "Something broke on our side",
    "It has been reported. Repeating the request is safe.",
  ),
} satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

function kind(status: ContentfulStatusCode, title: string, detail: string): ProblemKind {
  return { status, title, detail };
}
