import type { OpenAPIHono } from "@hono/zod-openapi";
import { pseudonym } from "../../auth/pseudonym.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { problems } from "../problems/problems.ts";
import { requireDecision } from "./require-decision.ts";

/** The tokens that let voters in. */
export function tokenRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.issueTokens, jsonBody(limits.batchBytesMax)), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { voters, expires_in_seconds } = c.req.valid("json");
    const { draft } = await requireDecision(deps, decisionId);
    const isOpen = draft.electorate === "open";
    const regions = new Set(draft.regions.map((region) => region.code));
    for (const [index, { region = "", weight = 1 }] of voters.entries()) {
      if (isOpen) checkGrant({ region, weight }, regions, draft.weightMax, index);
    }
    const expiresAt = deps.now() + expires_in_seconds * 1_000;
    const issue = { voters: voters.length, expiresAt };
    const decisionKey = await deps.decisions.issueTokens(decisionId, issue, c.get("actor"));
    invariant(decisionKey !== null, "a decision that exists has its key");
    const tokens = voters.map(async ({ voter_id, region = "", weight = 1 }) => {
      const pid = pseudonym(decisionKey, voter_id);
      const grant = { decisionId, pid, region, weight };
      return { voter_id, token: await deps.tokens.sign(grant, expiresAt) };
    });
    return c.json({ tokens: await Promise.all(tokens) }, 200);
  });
}

/** A token that no shard would accept is refused here, where the organiser can still mend it. */
function checkGrant(
  grant: { region: string; weight: number },
  regions: ReadonlySet<string>,
  weightMax: number,
  index: number,
): void {
  const isRegionKnown = regions.size === 0 ? grant.region === "" : regions.has(grant.region);
  const code = isRegionKnown ? "vote.weight_too_large" : "vote.unknown_region";
  if (isRegionKnown && grant.weight <= weightMax) return;
  const { detail } = problems[code];
  throw new Problem(code, { errors: [{ pointer: `/voters/${index}`, detail }] });
}
