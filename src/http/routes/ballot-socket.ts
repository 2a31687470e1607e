import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { SocketRefusal } from "../../ports/socket-voter.ts";
import * as contract from "../contract/ballot-socket.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { admitVoter } from "../middleware/admission.ts";
import { bearer } from "../middleware/credential-holder.ts";
import { grantIn } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import type { ProblemCode } from "../problems/problems.ts";
import {
  chosenProtocol,
  offeredProtocols,
  requireUpgrade,
  tokenAmong,
} from "../requests/socket-upgrade.ts";
import { requireDecision, requireVotingContext } from "./require-decision.ts";

/** Sockets to vote over. A voter's goes on to its shard: its token is looked at here, once, and what it says goes to the shard. */
export function ballotSocketRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.openBallotSocketRoute, async (c) => {
    const offered = offeredProtocols(c.req.raw);
    const token = tokenAmong(offered) ?? bearer(c.req.header("authorization"));
    const { grant, expiresAt } = grantIn(deps, token);
    await admitVoter(deps, grant);
    const { decisionId } = c.req.valid("param");
    if (grant.decisionId !== decisionId) {
      await requireDecision(deps, decisionId);
      throw new Problem("token.wrong_decision");
    }
    requireUpgrade(c.req.raw);
    const { manifest, generation } = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.req.raw, manifest);
    if (grant.generation !== generation) throw new Problem("token.superseded");
    const voter = { grant, expiresAt, manifest };
    const { results: withResults } = c.req.valid("query");
    const asked = { protocol: chosenProtocol(offered), withResults };
    const answer = await deps.ballots.openSocket(manifest, voter, asked);
    if (answer instanceof Response) return answer;
    throw new Problem(refusalCodes[answer]);
  });
}

const refusalCodes: Readonly<Record<SocketRefusal | "unavailable", ProblemCode>> = {
  over: "decision.closed",
  too_many: "sockets.too_many",
  full: "sockets.full",
  unavailable: "shard.unavailable",
};
