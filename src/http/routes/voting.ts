import type { OpenAPIHono } from "@hono/zod-openapi";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { Receipt } from "../../ballot/receipt.ts";
import { invariant } from "../../invariant.ts";
import { limits } from "../../limits.ts";
import { decisionParams } from "../contract/common.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDeps, ShardSilence } from "../deps.ts";
import { requestKeyOf } from "../idempotency-key.ts";
import { isoTime } from "../iso-time.ts";
import { grantOf, guarded, keyOnly } from "../middleware/credentials.ts";
import { jsonBody, readJson } from "../middleware/json-body.ts";
import { plainVotes } from "../plain-votes.ts";
import { Problem, problems, type ProblemCode } from "../problem.ts";
import { judge } from "../validation.ts";
import { requireDecision, requireVotingContext } from "./require-decision.ts";

const retryAfterSeconds = 1;

/** Votes: one by its voter, many by a station; and the tokens that let voters in. */
export function votingRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  // What takes votes is documented like every route, and handled without its generic validators: they cost a vote a tenth of its time.
  app.openAPIRegistry.registerPath(contract.castVote);
  app.post(contract.castVote.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id, vote } = judge("json", contract.castVoteSchema, sent);
    return castOne(deps, grant, decision_id, vote, c.req.header("idempotency-key"));
  });

  app.openAPIRegistry.registerPath(contract.withdrawVote);
  app.post(contract.withdrawVote.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id } = judge("json", contract.withdrawVoteSchema, sent);
    return castOne(deps, grant, decision_id, "withdrawn", c.req.header("idempotency-key"));
  });

  app.openAPIRegistry.registerPath(contract.castBatch);
  app.post(contract.castBatch.getRoutingPath(), keyOnly(deps, contract.castBatch), async (c) => {
    const sent = await readJson(c.req.raw, limits.batchBytesMax);
    const { decisionId } = judge("param", decisionParams, c.req.param());
    const votes = plainVotes(sent) ?? judge("json", contract.batchSchema, sent).votes;
    const { manifest, decisionKey } = await requireVotingContext(deps, decisionId);
    const key = c.req.header("idempotency-key");
    const requests = votes.map((item, index) => ({
      pid: pseudonym(decisionKey, item.voter_id),
      choice: item.vote,
      region: item.region ?? "",
      weight: item.weight ?? 1,
      requestKey: requestKeyOf(key, `:${index}`),
    }));
    const outcomes = await deps.ballotBox.cast(manifest, requests);
    const silent = outcomes.find((outcome) => typeof outcome === "string");
    if (silent !== undefined && outcomes.every((outcome) => typeof outcome === "string")) {
      throw new Problem(`shard.${silent}`, { retryAfterSeconds });
    }
    const results = outcomes.map(viewOutcome);
    const count = (status: string) => results.filter((item) => item.status === status).length;
    const counts = {
      accepted: count("accepted"),
      repeated: count("repeated"),
      refused: count("refused"),
    };
    return c.json({ ...counts, results }, 200);
  });

  app.openapi(guarded(deps, contract.issueTokens, jsonBody(limits.batchBytesMax)), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { voters, expires_in_seconds } = c.req.valid("json");
    const { draft } = await requireDecision(deps, decisionId);
    const isOpen = draft.electorate === "open";
    const regions = new Set(draft.regions.map((region) => region.code));
    for (const [index, { region = "", weight = 1 }] of voters.entries()) {
      if (isOpen) checkGrant({ region, weight }, regions, draft.weightMax, index);
    }
    const expiresAt = deps.now() + expires_in_seconds * 1_000;
    const issue = { voters: voters.length, expiresAt };
    const decisionKey = await deps.rooms.issueTokens(decisionId, issue, c.get("actor"));
    invariant(decisionKey !== null, "a decision that exists has its key");
    const tokens = voters.map(async ({ voter_id, region = "", weight = 1 }) => {
      const pid = pseudonym(decisionKey, voter_id);
      const grant = { decisionId, pid, region, weight };
      return { voter_id, token: await deps.tokens.sign(grant, expiresAt) };
    });
    return c.json({ tokens: await Promise.all(tokens) }, 200);
  });
}

/** Hands what one voter says to its shard, and answers with the receipt. @throws {Problem} every refusal of a vote */
async function castOne(
  deps: HttpDeps,
  { decisionId, pid, region, weight }: BallotGrant,
  askedId: string,
  choice: BallotChoice,
  key: string | undefined,
): Promise<Response> {
  if (decisionId !== askedId) {
    await requireDecision(deps, askedId);
    throw new Problem("token.wrong_decision");
  }
  const { manifest } = await requireVotingContext(deps, decisionId);
  const request = { pid, choice, region, weight, requestKey: requestKeyOf(key) };
  const [outcome] = await deps.ballotBox.cast(manifest, [request]);
  invariant(outcome !== undefined, "every request has an outcome");
  if (!isCounted(outcome)) {
    const { code, ...more } = refusalOf(outcome);
    throw new Problem(code, more);
  }
  const headers = { "content-type": "application/json" };
  return new Response(JSON.stringify(viewReceipt(outcome.receipt)), {
    status: 201,
    headers: outcome.kind === "repeated" ? { ...headers, "idempotency-replayed": "true" } : headers,
  });
}

/** A token that no shard would accept is refused here, where the organiser can still mend it. */
function checkGrant(
  grant: { region: string; weight: number },
  regions: ReadonlySet<string>,
  weightMax: number,
  index: number,
): void {
  const isRegionKnown = regions.size === 0 ? grant.region === "" : regions.has(grant.region);
  const code = isRegionKnown ? "vote.weight_too_large" : "vote.unknown_region";
  if (isRegionKnown && grant.weight <= weightMax) return;
  const { detail } = problems[code];
  throw new Problem(code, { errors: [{ pointer: `/voters/${index}`, detail }] });
}

type Counted = Extract<CastOutcome, { kind: "accepted" | "repeated" }>;
type Refused = Exclude<CastOutcome, Counted> | ShardSilence;

function isCounted(outcome: CastOutcome | ShardSilence): outcome is Counted {
  return typeof outcome !== "string" && outcome.kind !== "refused";
}

function refusalOf(outcome: Refused): {
  code: ProblemCode;
  retryAfterSeconds?: number;
  receipt?: ReturnType<typeof viewReceipt>;
} {
  if (typeof outcome === "string") return { code: `shard.${outcome}`, retryAfterSeconds };
  const { code, receipt } = outcome;
  return receipt === null ? { code } : { code, receipt: viewReceipt(receipt) };
}

function viewOutcome(outcome: CastOutcome | ShardSilence) {
  if (isCounted(outcome)) {
    return { status: outcome.kind, receipt: viewReceipt(outcome.receipt) };
  }
  const { code, receipt } = refusalOf(outcome);
  const { detail } = problems[code];
  return {
    status: "refused" as const,
    code,
    detail,
    ...(receipt === undefined ? {} : { receipt }),
  };
}

function viewReceipt({ decisionId, shard, seq, ballotHash, acceptedAt }: Receipt) {
  return {
    decision_id: decisionId,
    shard,
    seq,
    ballot_hash: ballotHash,
    accepted_at: isoTime(acceptedAt),
  };
}
