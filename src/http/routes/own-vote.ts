import type { OpenAPIHono } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { voterOnly } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { requireVotersDecision, requireVotingContext } from "./require-decision.ts";

/** Whether a voter's own vote is counted, for whoever has its receipt. */
export function ownVoteRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const voter = voterOnly(deps);
  const body = jsonBody(limits.voteBytesMax);
  const middleware: [typeof voter, typeof body] = [voter, body];
  app.openapi({ ...contract.checkOwnVoteRoute, middleware }, async (c) => {
    const { decisionId } = c.req.valid("param");
    const grant = c.get("grant");
    await requireVotersDecision(deps, decisionId, grant);
    const { manifest, generation } = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.req.raw, manifest);
    if (grant.generation !== generation) throw new Problem("token.superseded");
    const question = { pid: grant.pid, proof: c.req.valid("json").r };
    const counted = await deps.ballots.isOwnVoteCounted(manifest, question);
    return c.json({ counted }, 200, { "cache-control": "no-store" });
  });
}
