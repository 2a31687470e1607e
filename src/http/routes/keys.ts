import type { OpenAPIHono } from "@hono/zod-openapi";
import { issueApiKey, type ApiKeyRecord } from "../../auth/api-key.ts";
import { limits } from "../../limits.ts";
import * as contract from "../contract/keys.ts";
import type { HttpDeps } from "../deps.ts";
import { keyOnly } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";

/** API keys: issued once, kept by digest, revoked for good. */
export function keyRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  const admin = keyOnly(deps, ["admin"]);
  const body = jsonBody(limits.voteBytesMax);

  app.openapi({ ...contract.issueKey, middleware: [admin, body] }, async (c) => {
    const { role, label, decision_id } = c.req.valid("json");
    const { key, record } = issueApiKey({ role, label, decisionId: decision_id }, deps.now());
    if (!(await deps.apiKeys.keep(record))) throw new Problem("keys.full");
    return c.json({ ...viewKey(record), key }, 201, { "cache-control": "no-store" });
  });

  app.openapi({ ...contract.listKeys, middleware: [admin] }, async (c) => {
    const keys = await deps.apiKeys.list();
    return c.json({ items: keys.map(viewKey) }, 200);
  });

  app.openapi({ ...contract.revokeKey, middleware: [admin] }, async (c) => {
    const wasRevoked = await deps.apiKeys.revoke(c.req.valid("param").keyId);
    if (!wasRevoked) throw new Problem("key.not_found");
    return c.body(null, 204);
  });
}

function viewKey({ id, role, label, decisionId, createdAt }: ApiKeyRecord) {
  return {
    id,
    role,
    label,
    decision_id: decisionId,
    created_at: new Date(createdAt).toISOString(),
  };
}
