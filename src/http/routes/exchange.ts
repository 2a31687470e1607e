import type { OpenAPIHono } from "@hono/zod-openapi";
import { pseudonym } from "../../auth/pseudonym.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { normalizeVoterId } from "../../voter-id/voter-id.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { loginOf } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { expiryOf } from "../requests/token-expiry.ts";
import { requireRemembered, requireVotingContext } from "./require-decision.ts";

/** For voters who log in elsewhere: exchanges an ID token for a ballot token. */
export function exchangeRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.exchangeLoginRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const idToken = loginOf(deps, c.req.header("authorization"));
    const decision = await requireRemembered(deps, decisionId);
    const { draft } = decision;
    if (draft.login === null) throw new Problem("login.not_offered");
    const verdict = await deps.logins.verify(idToken, draft.login);
    if ("refused" in verdict) throw new Problem(verdict.refused);
    const voterId = normalizeVoterId(verdict.voterId, voterIdFormOf(draft));
    if (typeof voterId !== "string") throw new Problem("login.invalid");
    // A roll has the region. Without one the login says it, and it must be one of the decision's.
    const region = draft.electorate === "roll" ? "" : verdict.region.normalize("NFC");
    const codes = draft.regions.map(({ code }) => code);
    const isKnown = codes.length === 0 ? region === "" : codes.includes(region);
    if (draft.electorate === "open" && !isKnown) throw new Problem("vote.unknown_region");
    const { decisionKey, generation } = await requireVotingContext(deps, decisionId);
    const pid = pseudonym(decisionKey, voterId);
    const loggedInAt = deps.now();
    const expiresAt = expiryOf(decision, loggedInAt, limits.loginTokenLifetimeSeconds);
    const voter = { decisionId, pid, generation, serial: null, region };
    const grant = { ...voter, weight: 1, name: null, loggedInAt };
    const token = await deps.tokens.sign(grant, expiresAt);
    const body = { token, expires_at: new Date(expiresAt).toISOString() };
    return c.json(body, 200, { "cache-control": "no-store" });
  });
}
