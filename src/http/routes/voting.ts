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
import { isCounted, refusalOf, viewReceipt } from "../responses/view-vote-outcome.ts";
import { requireDecision, requireVotingContext } from "./require-decision.ts";

/** What one voter says: a vote, or that it is taken back. */
export function votingRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  // What takes votes is documented like every route, and handled without its generic validators: they cost a vote a tenth of its time.
  app.openAPIRegistry.registerPath(contract.castVote);
  app.post(contract.castVote.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id, vote } = parseInput("json", contract.castVoteSchema, sent);
    return castOne(deps, grant, decision_id, vote, c.req.header("idempotency-key"));
  });

  app.openAPIRegistry.registerPath(contract.withdrawVote);
  app.post(contract.withdrawVote.path, async (c) => {
    const grant = grantOf(deps, c.req.header("authorization"));
    const sent = await readJson(c.req.raw, limits.voteBytesMax);
    const { decision_id } = parseInput("json", contract.withdrawVoteSchema, sent);
    return castOne(deps, grant, decision_id, "withdrawn", c.req.header("idempotency-key"));
  });
}

/** Hands what one voter says to its shard, and answers with the receipt. @throws {Problem} every refusal of a vote */
async function castOne(
  deps: HttpDependencies,
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
  const [outcome] = await deps.ballots.cast(manifest, [request]);
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
