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
import { requireDecision, requireVotingContext } from "./require-decision.ts";

/** A voter's socket: its token is looked at here, once, and what it says goes to the shard. */
export function ballotSocketRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.openBallotSocketRoute, async (c) => {
    const offered = protocolsIn(c.req.header("sec-websocket-protocol"));
    const token = tokenAmong(offered) ?? bearer(c.req.header("authorization"));
    const { grant, expiresAt } = grantIn(deps, token);
    await admitVoter(deps, grant);
    const { decisionId } = c.req.valid("param");
    if (grant.decisionId !== decisionId) {
      await requireDecision(deps, decisionId);
      throw new Problem("token.wrong_decision");
    }
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Problem("route.upgrade_required");
    }
    const { manifest, generation } = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.req.raw, manifest);
    if (grant.generation !== generation) throw new Problem("token.superseded");
    const { ballotProtocol } = contract;
    const protocol = offered.includes(ballotProtocol) ? ballotProtocol : null;
    const answer = await deps.ballots.openSocket(
      manifest,
      { grant, expiresAt, manifest },
      protocol,
    );
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

/** What a client offers to speak (RFC 6455, 11.3.4). */
function protocolsIn(header: string | undefined): string[] {
  return (header ?? "").split(",").map((name) => name.trim());
}

/** The token of whoever can't set a header; never one of the address, which is written down. */
function tokenAmong(offered: readonly string[]): string | null {
  const { bearerProtocolPrefix: prefix } = contract;
  return offered.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? null;
}
