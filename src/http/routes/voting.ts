import type { OpenAPIHono } from "@hono/zod-openapi";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { requestKeyOf } from "../requests/idempotency-key.ts";
import { grantOf } from "../middleware/credentials.ts";
import { readJson } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { parseInput } from "../requests/validation.ts";
import { isCounted, toVoteProblem, viewReceipt } from "../responses/view-vote-outcome.ts";
import { requireDecision, requireVotingContext } from "./require-decision.ts";

/** A voter's vote, and its withdrawal. */
export function votingRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  // Documented like every route, but without the generic validators: those cost a tenth of a vote.
  app.openAPIRegistry.registerPath(contract.castVoteRoute);
  app.post(contract.castVoteRoute.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id, vote } = parseInput("json", contract.castVoteSchema, sent);
    const key = c.req.header("idempotency-key");
    return castOne(deps, grant, { decisionId: decision_id, choice: vote, key });
  });

  app.openAPIRegistry.registerPath(contract.withdrawVoteRoute);
  app.post(contract.withdrawVoteRoute.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id } = parseInput("json", contract.withdrawVoteSchema, sent);
    const key = c.req.header("idempotency-key");
    return castOne(deps, grant, { decisionId: decision_id, choice: "withdrawn", key });
  });
}

interface AskedVote {
  decisionId: string;
  choice: BallotChoice;
  /** The Idempotency-Key as it was sent. */
  key: string | undefined;
}

/** Casts one vote and answers with its receipt. @throws {Problem} every refusal of a vote */
async function castOne(
  deps: HttpDependencies,
  { decisionId, pid, region, weight }: BallotGrant,
  asked: AskedVote,
): Promise<Response> {
  if (decisionId !== asked.decisionId) {
    await requireDecision(deps, asked.decisionId);
    throw new Problem("token.wrong_decision");
  }
  const { manifest } = await requireVotingContext(deps, decisionId);
  const { choice, key } = asked;
  const request = { pid, choice, region, weight, requestKey: requestKeyOf(key) };
  const [outcome] = await deps.ballots.cast(manifest, [request]);
  invariant(outcome !== undefined, "every request has an outcome");
  if (!isCounted(outcome)) {
    const { code, ...extras } = toVoteProblem(outcome);
    throw new Problem(code, extras);
  }
  const headers = { "content-type": "application/json" };
  return new Response(JSON.stringify(viewReceipt(outcome.receipt)), {
    status: 201,
    headers: outcome.kind === "repeated" ? { ...headers, "idempotency-replayed": "true" } : headers,
  });
}
