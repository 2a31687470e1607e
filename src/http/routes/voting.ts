import type { OpenAPIHono } from "@hono/zod-openapi";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { Manifest } from "../../decision/decision.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { meterVotes } from "../metering/meter-votes.ts";
import { castRequestOf, type AskedVote } from "../requests/cast-request.ts";
import { admitVoter } from "../middleware/admission.ts";
import { completeJsonHeaders } from "../middleware/answer-headers.ts";
import { traceVote } from "../middleware/trace-requests.ts";
import { grantOf } from "../middleware/credentials.ts";
import { readJson } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { parseInput } from "../requests/validation.ts";
import { isCounted, viewSignedReceipt, voteProblemCode } from "../responses/view-vote-outcome.ts";
import { requireDecision, requireVotingContext } from "./require-decision.ts";

/** A voter's vote, and its withdrawal. */
export function votingRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  // Documented like every route, but without the generic validators: those cost a tenth of a vote.
  app.openAPIRegistry.registerPath(contract.castVoteRoute);
  app.post(contract.castVoteRoute.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { vote, ...asked } = parseInput("json", contract.castVoteSchema, sent);
    const key = c.req.header("idempotency-key");
    const { path: route } = contract.castVoteRoute;
    return castOne(deps, grant, { ...asked, choice: vote, key, request: c.req.raw, route });
  });

  app.openAPIRegistry.registerPath(contract.withdrawVoteRoute);
  app.post(contract.withdrawVoteRoute.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const asked = parseInput("json", contract.withdrawVoteSchema, sent);
    const key = c.req.header("idempotency-key");
    const { path: route } = contract.withdrawVoteRoute;
    return castOne(deps, grant, {
      ...asked,
      choice: "withdrawn",
      key,
      request: c.req.raw,
      route,
    });
  });
}

interface CastAsk extends AskedVote {
  decision_id: string;
  request: Request;
  /** The pattern of the path. */
  route: string;
}

/** Casts one vote and answers with its signed receipt. @throws {Problem} every refusal of a vote */
async function castOne(
  deps: HttpDependencies,
  grant: BallotGrant,
  asked: CastAsk,
): Promise<Response> {
  const { decisionId } = grant;
  const admission = admitVoter(deps, grant);
  if (admission !== null) await admission;
  if (decisionId !== asked.decision_id) {
    await requireDecision(deps, asked.decision_id);
    throw new Problem("token.wrong_decision");
  }
  const { manifest, generation } = await requireVotingContext(deps, decisionId);
  countVotersRequest(asked.request, manifest);
  if (grant.generation !== generation) throw new Problem("token.superseded");
  return traceVote(deps.tracer, { ...asked, manifest }, () =>
    castIn(deps, { manifest, grant, asked }),
  );
}

async function castIn(
  deps: HttpDependencies,
  { manifest, grant, asked }: { manifest: Manifest; grant: BallotGrant; asked: AskedVote },
): Promise<Response> {
  const request = castRequestOf(manifest, grant, asked, deps.now());
  const outcomes = await deps.ballots.cast(manifest, [request]);
  meterVotes(deps.meter, manifest, outcomes);
  const [outcome] = outcomes;
  invariant(outcome !== undefined, "every request has an outcome");
  if (!isCounted(outcome)) throw new Problem(voteProblemCode(outcome));
  const receipt = viewSignedReceipt(outcome.receipt, deps.receipts);
  const answer = new Response(JSON.stringify(receipt), {
    status: 201,
    headers: completeJsonHeaders,
  });
  if (outcome.kind === "repeated") answer.headers.set("idempotency-replayed", "true");
  return answer;
}
