import type { OpenAPIHono } from "@hono/zod-openapi";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { Decision } from "../../decision/decision.ts";
import { showingOf } from "../../decision/visibility.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/roll.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { findOnRoll, viewEntry } from "../requests/find-on-roll.ts";
import { knownReader, requireRemembered, requireVotingContext } from "./require-decision.ts";

/**
 * Whether a voter has voted, for the station that the voter stands before. Who issues tokens is no
 * station, and what is asked is counted in public before it is answered.
 */
export function lookUpRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.voteBytesMax);
  app.openapi(guarded(deps, contract.lookUpVoterRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const decision = await requireRemembered(deps, decisionId, knownReader(c));
    // Who issues tokens could show any voter's.
    if (c.get("actor").role === "station" && c.get("actor").owner !== null) {
      throw new Problem("role.forbidden", { detail: organisersKeyWords });
    }
    const { manifest, generation } = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.req.raw, manifest);
    if (manifest.stations === "none") throw new Problem("vote.stations_excluded");
    const verdict = deps.tokens.verify(c.req.valid("json").token, deps.now());
    const grant = "grant" in verdict ? verdict.grant : null;
    const isGood = grant?.decisionId === decisionId && grant.generation === generation;
    if (!isGood) throw new Problem("look_up.token_refused");
    if (!(await deps.decisions.countLookUp(decisionId))) throw new Problem(closedCode(decision));
    const [entry, has_voted] = await Promise.all([
      entryOf(deps, decision, grant),
      // A station that asks for everybody would have the turnout.
      showingOf(manifest.visibility, "open") === "nothing"
        ? null
        : deps.ballots.haveVoted(manifest, [grant.pid]).then(([voted = false]) => voted),
    ]);
    const view = { ...viewEntry(entry), has_voted };
    return c.json(view, 200, { "cache-control": "no-store" });
  });
}

const organisersKeyWords =
  "The decision's organiser issued this key, who issues ballot tokens as well. Ask an admin for a key that looks up who has voted.";

async function entryOf(
  deps: HttpDependencies,
  decision: Decision,
  { pid, region, weight }: BallotGrant,
) {
  if (decision.draft.electorate === "open") return { region, weight };
  const [entry = null] = await findOnRoll(deps, decision, [pid]);
  return entry;
}

function closedCode({ status }: Decision): "decision.not_open" | "decision.closed" {
  return status === "draft" || status === "scheduled" ? "decision.not_open" : "decision.closed";
}
