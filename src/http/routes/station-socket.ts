import type { OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import { gatherByShard } from "../ballot-socket/gather-casts.ts";
import { serveStation } from "../ballot-socket/serve-station.ts";
import * as contract from "../contract/ballot-socket.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { requireAdmission } from "../middleware/admission.ts";
import { credentialCheck } from "../middleware/credential-holder.ts";
import { keyOnly } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import {
  chosenProtocol,
  offeredProtocols,
  requireUpgrade,
  tokenAmong,
} from "../requests/socket-upgrade.ts";
import { requireVotingContext } from "./require-decision.ts";

/** A station's socket, which the Worker holds: its votes are spread over all shards. */
export function stationSocketRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const middleware: [typeof keyOfProtocol, ReturnType<typeof keyOnly>] = [
    keyOfProtocol,
    keyOnly(deps, contract.openStationSocketRoute),
  ];
  app.openapi({ ...contract.openStationSocketRoute, middleware }, async (c) => {
    const { decisionId } = c.req.valid("param");
    const context = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.get("asked"), context.manifest);
    if (context.manifest.stations === "none") throw new Problem("vote.stations_excluded");
    requireUpgrade(c.req.raw);
    const admit = admissionOf(deps, c.req.raw, c.get("actor").keyId);
    const { 0: theirs, 1: ours } = new WebSocketPair();
    ours.accept();
    const taken = { calls: 0, pending: 0, votes: 0 };
    const cast = gatherByShard(context.manifest, (requests) =>
      deps.ballots.cast(context.manifest, requests, () => {
        taken.calls += 1;
      }),
    );
    serveStation(deps, { context, cast, admit, unanswered: 0, taken, isSpent: false }, ours);
    const protocol = chosenProtocol(offeredProtocols(c.req.raw));
    return new Response(null, {
      status: 101,
      webSocket: theirs,
      headers: protocol === null ? {} : { "sec-websocket-protocol": protocol },
    });
  });
}

/** Reads the key of a subprotocol as one of the header is read. `asked` stays as it came. */
const keyOfProtocol = createMiddleware<{ Variables: { asked: Request } }>(async (c, next) => {
  c.set("asked", c.req.raw);
  const key = tokenAmong(offeredProtocols(c.req.raw));
  if (key !== null) {
    const headers = new Headers(c.req.raw.headers);
    headers.set("authorization", `Bearer ${key}`);
    c.req.raw = new Request(c.req.raw, { headers });
  }
  await next();
});

/**
 * Holds before each message that its credential is still good. As many votes as a batch has count as
 * one request: the upgrade was the first.
 */
function admissionOf(deps: HttpDependencies, request: Request, keyId: string) {
  const holdCredential = credentialCheck(deps, request);
  let left: number = limits.batchVotesMax;
  return async (votes: number): Promise<void> => {
    await holdCredential();
    left -= votes;
    if (left > 0) return;
    left += limits.batchVotesMax;
    await requireAdmission(deps, "key", keyId);
  };
}
