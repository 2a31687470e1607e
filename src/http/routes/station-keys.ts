import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Actor } from "../../audit-log/audit-entry.ts";
import type { StationKeyChange } from "../../audit-log/audit-notes.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/keys.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { viewKey } from "../responses/view-key.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/**
 * Keys for the polling stations of one decision, which its organiser issues and revokes. Each is
 * recorded publicly in the decision's log before it is made.
 */
export function stationKeyRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.voteBytesMax);

  app.openapi(guarded(deps, contract.issueStationKeyRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const actor = c.get("actor");
    const { draft } = await requireDecision(deps, decisionId, knownReader(c));
    if (draft.stations === "none") throw new Problem("vote.stations_excluded");
    if (draft.stations === "overrides" && actor.role !== "admin") {
      throw new Problem("station_key.replaces_votes");
    }
    const { label } = c.req.valid("json");
    const grant = { role: "station", label, decisionId, owner: actor.owner } as const;
    const { key, record } = deps.apiKeyNames.issue(grant, deps.now());
    await note(deps, decisionId, { act: "issue", keyId: record.id }, actor);
    if (!(await deps.apiKeys.keep(record, actor))) {
      // Else the log would go on telling of a key that there never was.
      await note(deps, decisionId, { act: "revoke", keyId: record.id }, actor);
      throw new Problem("keys.full");
    }
    return c.json({ ...viewKey(record), key }, 201, { "cache-control": "no-store" });
  });

  app.openapi(guarded(deps, contract.listStationKeysRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    await requireDecision(deps, decisionId, knownReader(c));
    const keys = await deps.apiKeys.listStations(decisionId);
    return c.json({ items: keys.map(viewKey) }, 200);
  });

  app.openapi(guarded(deps, contract.revokeStationKeyRoute), async (c) => {
    const { decisionId, keyId } = c.req.valid("param");
    const actor = c.get("actor");
    await requireDecision(deps, decisionId, knownReader(c));
    const keys = await deps.apiKeys.listStations(decisionId);
    const found = keys.find(({ id }) => id === keyId);
    const isTheirs = actor.role === "admin" || found?.owner === actor.owner;
    if (found === undefined || !isTheirs) throw new Problem("key.not_found");
    if (!(await deps.apiKeys.revoke(keyId, actor))) throw new Problem("key.not_found");
    await note(deps, decisionId, { act: "revoke", keyId }, actor);
    return c.body(null, 204);
  });
}

/** @throws {Problem} decision.not_found, manifest.none, decision.already_ended */
async function note(
  deps: HttpDependencies,
  decisionId: string,
  change: StationKeyChange,
  actor: Actor,
): Promise<void> {
  const reply = await deps.decisions.noteStationKey(decisionId, change, actor);
  if (reply === "not_opened" && change.act === "revoke") return;
  if (reply === null) throw new Problem("decision.not_found");
  if (reply === "not_opened") throw new Problem("manifest.none");
  if (reply === "ended") throw new Problem("decision.already_ended");
}
