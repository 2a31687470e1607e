import type { OpenAPIHono } from "@hono/zod-openapi";
import * as contract from "../contract/audit.ts";
import type { ActPage } from "../../ports/audit-log.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { requireDecision } from "./require-decision.ts";

/** The logs of administrative acts: a decision's own, and that of the API keys. */
export function actRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.decisionActs), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after_seq, limit } = c.req.valid("query");
    await requireDecision(deps, decisionId);
    return c.json(
      viewPage(await deps.decisions.readActs(decisionId, after_seq, limit), limit),
      200,
    );
  });

  app.openapi(guarded(deps, contract.registryActs), async (c) => {
    const { after_seq, limit } = c.req.valid("query");
    return c.json(viewPage(await deps.apiKeys.readActs(after_seq, limit), limit), 200);
  });
}

function viewPage({ acts, head }: ActPage, limit: number) {
  const items = acts.map(({ at, actor, ...act }) => ({
    ...act,
    at: new Date(at).toISOString(),
    actor: { role: actor.role, key_id: actor.keyId, owner: actor.owner },
  }));
  return { acts: items, head, next: acts.length === limit ? (acts.at(-1)?.seq ?? null) : null };
}
