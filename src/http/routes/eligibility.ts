import type { OpenAPIHono } from "@hono/zod-openapi";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { Decision } from "../../decision/decision.ts";
import type { RollEntry } from "../../decision/roll.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { shardMapOf } from "../../decision/shard-map-of.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/roll.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { VoterStanding } from "../../ports/rolls.ts";
import { grantOf, guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { knownReader, requireRemembered } from "./require-decision.ts";

/**
 * Who may vote, and where it counts: for voters themselves, and for stations about their voters.
 * Never who has voted: whoever asked again and again would learn when.
 */
export function eligibilityRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.batchBytesMax);

  app.openapi(contract.readEligibilityRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { pid, region, weight, ...grant } = grantOf(deps, c.req.header("authorization"));
    const decision = await requireRemembered(deps, decisionId);
    if (grant.decisionId !== decisionId) throw new Problem("token.wrong_decision");
    const { electorate } = decision.draft;
    const [standing] = await readStandings(deps, decision, [pid]);
    invariant(standing !== undefined, "every pid has its standing");
    // The token of an open electorate decides; of a roll its entry alone does.
    const view = viewEntry(electorate === "open" ? { region, weight } : standing.entry);
    return c.json({ decision_id: decisionId, electorate, ...view }, 200, noStore);
  });

  app.openapi(guarded(deps, contract.lookUpEligibilityRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const decision = await requireRemembered(deps, decisionId, knownReader(c));
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
    const standings = await readStandings(deps, decision, pids);
    const voters = standings.map((standing, index) => ({
      voter_id: voter_ids[index] ?? "",
      ...viewEntry(standing.entry),
    }));
    return c.json({ voters }, 200, noStore);
  });
}

const noStore = { "cache-control": "no-store" };

/**
 * From the shards of the manifest or, before it is frozen, of the draft and the roll in force.
 * @throws {Problem} roll.missing before the first import
 */
function readStandings(
  deps: HttpDependencies,
  decision: Decision,
  pids: readonly string[],
): Promise<VoterStanding[]> {
  const { draft, manifest } = decision;
  const roll = manifest === null ? decision.roll : manifest.roll;
  if (draft.electorate === "roll" && roll === null) throw new Problem("roll.missing");
  const shardMap = shardMapOf(decision);
  const number = draft.electorate === "open" ? null : (roll?.import ?? null);
  return deps.rolls.standings({ decisionId: draft.id, shardMap }, number, pids);
}

function viewEntry(entry: RollEntry | null) {
  return { eligible: entry !== null, region: entry?.region ?? null, weight: entry?.weight ?? null };
}
