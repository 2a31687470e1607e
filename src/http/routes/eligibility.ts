import type { OpenAPIHono } from "@hono/zod-openapi";
import { pseudonym } from "../../auth/pseudonym.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/roll.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { admitVoter } from "../middleware/admission.ts";
import { grantOf, guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { findOnRoll, viewEntry } from "../requests/find-on-roll.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { knownReader, requireRemembered, requireVotersDecision } from "./require-decision.ts";

/**
 * Who may vote, and where it counts: for voters themselves, and for stations about their voters.
 * Never who has voted: whoever asked again and again would learn when.
 */
export function eligibilityRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.batchBytesMax);

  app.openapi(contract.readEligibilityRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const granted = grantOf(deps, c.req.header("authorization"));
    await admitVoter(deps, granted);
    const { pid, region, weight, ...grant } = granted;
    const decision = await requireVotersDecision(deps, decisionId, grant);
    countVotersRequest(c.req.raw, decision.draft);
    const { electorate } = decision.draft;
    // The token of an open electorate decides; of a roll its entry alone does.
    const [entry = null] =
      electorate === "open" ? [{ region, weight }] : await findOnRoll(deps, decision, [pid]);
    const view = viewEntry(entry);
    return c.json({ decision_id: decisionId, electorate, ...view }, 200, noStore);
  });

  app.openapi(guarded(deps, contract.lookUpEligibilityRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const decision = await requireRemembered(deps, decisionId, knownReader(c));
    countVotersRequest(c.req.raw, decision.draft);
    const key = await deps.decisions.voterKey(decisionId);
    invariant(key !== null, "a decision that exists has its key");
    if (decision.draft.electorate === "open") throw new Problem("roll.open_electorate");
    const { voter_ids } = c.req.valid("json");
    const pids = mapVoters({
      items: voter_ids,
      form: voterIdFormOf(decision.draft),
      voterIdOf: (voterId) => voterId,
      pointerTo: (index) => `/voter_ids/${index}`,
      map: (voterId) => pseudonym(key.decisionKey, voterId),
    });
    const entries = await findOnRoll(deps, decision, pids);
    const voters = entries.map((entry, index) => ({
      voter_id: voter_ids[index] ?? "",
      ...viewEntry(entry),
    }));
    return c.json({ voters }, 200, noStore);
  });
}

const noStore = { "cache-control": "no-store" };
