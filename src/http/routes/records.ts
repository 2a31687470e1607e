import type { OpenAPIHono } from "@hono/zod-openapi";
import { discloseCounts } from "../../decision/visibility.ts";
import { isSettled } from "../../decision/lifecycle.ts";
import * as contract from "../contract/records.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { csvExport, ndjsonExport, viewPublicBallot, type Exported } from "../responses/export.ts";
import { Problem } from "../problem.ts";
import { requireDecision } from "./require-decision.ts";

/** The ballots themselves, once their decision is closed: as a list and as an export. */
export function recordRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.listBallotsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after, per_page } = c.req.valid("query");
    const cursor = decodeCursor(after, { shard: "shard", seq: "number" });
    const exported = await requireExportable(deps, decisionId);
    const query = { decisionId: exported.id, after: cursor, perPage: per_page };
    const page = await deps.database.listBallots(query);
    const items = page.items.map((ballot) => viewPublicBallot(exported, ballot));
    return c.json({ items, next: encodeCursor(page.next) }, 200);
  });

  app.openapi(contract.exportBallotsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const exported = await requireExportable(deps, decisionId);
    const body = format === "csv" ? csvExport(deps, exported) : ndjsonExport(deps, exported);
    return c.body(body, 200, {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "content-disposition": `attachment; filename="${decisionId}.${format}"`,
      "cache-control": "no-store",
    });
  });
}

/** Shown once the decision is closed and the database has every ballot: all of them or none. */
async function requireExportable(deps: HttpDependencies, decisionId: string): Promise<Exported> {
  const decision = await requireDecision(deps, decisionId);
  const disclosed = discloseCounts(decision);
  if (!isSettled(decision.status) || disclosed === null) throw new Problem("decision.not_closed");
  const { id } = disclosed;
  const result = await deps.decisions.result(decisionId);
  const applied = await deps.database.countApplied(id);
  if (result?.shows !== "counts" || applied < result.accepted) {
    throw new Problem("projection.behind");
  }
  const { visibility } = decision.draft;
  return { id, visibility, mergedRegions: new Set(result.merged?.codes) };
}
