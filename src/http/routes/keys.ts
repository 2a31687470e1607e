import type { OpenAPIHono } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/keys.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { viewKey } from "../responses/view-key.ts";

/** API keys: issued once, kept by digest, revoked for good. */
export function keyRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.voteBytesMax);

  app.openapi(guarded(deps, contract.issueKeyRoute, body), async (c) => {
    const { role, label, decision_id, owner } = c.req.valid("json");
    const grant = { role, label, decisionId: decision_id, owner };
    const { key, record } = deps.apiKeyNames.issue(grant, deps.now());
    if (!(await deps.apiKeys.keep(record, c.get("actor")))) throw new Problem("keys.full");
    return c.json({ ...viewKey(record), key }, 201, { "cache-control": "no-store" });
  });

  app.openapi(guarded(deps, contract.listKeysRoute), async (c) => {
    const keys = await deps.apiKeys.list();
    return c.json({ items: keys.map(viewKey) }, 200);
  });

  app.openapi(guarded(deps, contract.revokeKeyRoute), async (c) => {
    const wasRevoked = await deps.apiKeys.revoke(c.req.valid("param").keyId, c.get("actor"));
    if (!wasRevoked) throw new Problem("key.not_found");
    return c.body(null, 204);
  });
}
