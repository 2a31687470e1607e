import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import { decisionParams } from "../contract/common.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { traceVote } from "../middleware/trace-requests.ts";
import { keyOnly } from "../middleware/credentials.ts";
import { readJson } from "../middleware/json-body.ts";
import { batchRequests, readBatch } from "../requests/batch-requests.ts";
import { parseInput } from "../requests/validation.ts";
import type { CastVotes } from "../../ports/ballots.ts";
import { castAll } from "./cast-all.ts";
import { requireVotingContext } from "./require-decision.ts";

/** Votes that a station sends together, each with its own outcome. */
export function batchRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openAPIRegistry.registerPath(contract.castBatchRoute);
  const path = createRoute(contract.castBatchRoute).getRoutingPath();
  app.post(path, keyOnly(deps, contract.castBatchRoute), async (c) => {
    const sent = await readJson(c.req.raw, limits.batchBytesMax);
    const { decisionId } = parseInput("param", decisionParams, c.req.param());
    const { votes, signed } = readBatch(sent);
    const context = await requireVotingContext(deps, decisionId);
    const { manifest } = context;
    countVotersRequest(c.req.raw, manifest);
    const requests = batchRequests(context, votes, c.req.header("idempotency-key"));
    const cast: CastVotes = (some) => deps.ballots.cast(manifest, some);
    const answer = async (): Promise<Response> =>
      c.json(await castAll(deps, { manifest, requests, signed, cast }), 200);
    return traceVote(deps.tracer, { request: c.req.raw, route: path, manifest }, answer);
  });
}
