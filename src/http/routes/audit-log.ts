import type { OpenAPIHono } from "@hono/zod-openapi";
import * as contract from "../contract/audit.ts";
import type { AuditLogPage } from "../../ports/audit-log.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { sharedDecisionsOf } from "../coalescing/shared-decisions.ts";
import { Problem } from "../problem.ts";
import { knownReader, readerOf, requireDecision } from "./require-decision.ts";

/** The audit logs: a decision's own, and that of the API keys. */
export function auditLogRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.decisionAuditLogRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after_seq, limit } = c.req.valid("query");
    const page = await deps.decisions.readAuditLog(decisionId, after_seq, limit);
    // That of a deleted draft stays, for admins alone.
    const isOfDeleted = page.head.seq > 0 && c.get("actor").role === "admin";
    if (!isOfDeleted) await requireDecision(deps, decisionId, knownReader(c));
    return c.json(viewPage(page, limit), 200);
  });

  app.openapi(contract.decisionEventsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after_seq, limit } = c.req.valid("query");
    await sharedDecisionsOf(deps).read(decisionId, readerOf(deps, c));
    const page = await deps.decisions.readEvents(decisionId, after_seq, limit);
    if (page === null) throw new Problem("manifest.none");
    const counted = { before: page.before, look_ups: page.lookUps };
    return c.json({ ...viewPage(page, limit), ...counted }, 200);
  });

  app.openapi(guarded(deps, contract.registryAuditLogRoute), async (c) => {
    const { after_seq, limit } = c.req.valid("query");
    return c.json(viewPage(await deps.apiKeys.readAuditLog(after_seq, limit), limit), 200);
  });
}

function viewPage({ entries, head }: AuditLogPage, limit: number) {
  const items = entries.map(({ at, actor, ...entry }) => ({
    ...entry,
    at: new Date(at).toISOString(),
    actor: {
      role: actor.role,
      key_id: actor.keyId,
      owner: actor.owner,
      session: actor.session,
    },
  }));
  return {
    entries: items,
    head,
    next: entries.length === limit ? (entries.at(-1)?.seq ?? null) : null,
  };
}
