import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import { findRuleFaults } from "../../decision/decision-rule.ts";
import type { DecisionDraft, ElectorateSize, ExternalLogin } from "../../decision/decision.ts";
import { canonicalJson } from "../../decision/manifest.ts";
import { viewDecision, type DecisionView } from "../../decision/decision-json.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/decisions.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { RoomReply } from "../../ports/decisions.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { problems } from "../problems/problems.ts";
import { requireRuleDocument } from "../requests/rule-document.ts";
import { requireDecision } from "./require-decision.ts";

/** Decisions: drafting, reading, and the steps of their life. */
export function decisionRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.decisionBytesMax);

  app.openapi(guarded(deps, contract.createDecision, body), async (c) => {
    const { id = crypto.randomUUID(), open, ...draft } = c.req.valid("json");
    checkLogin(deps, draft.login);
    const drafted = toDraft(id, draft);
    const faults = findRuleFaults(drafted, limits);
    if (faults.length > 0) throw new Problem("rule.invalid", { errors: faults });
    const reply = await deps.decisions.create(drafted, c.get("actor"), open);
    if (reply.kind === "taken") throw new Problem("decision.exists");
    if (reply.kind === "refused" || reply.kind === "unavailable") throw problemOf(reply);
    return c.json(viewDecision(reply.decision), reply.kind === "created" ? 201 : 200);
  });

  app.openapi(contract.listDecisions, async (c) => {
    const { status = null, after, per_page } = c.req.valid("query");
    const cursor = decodeCursor(after, { createdAt: "number", id: "string" });
    const page = await deps.database.listDecisions({ status, after: cursor, perPage: per_page });
    // Each document was written by a room, from the same view.
    const items = page.items.map((document) => JSON.parse(document) as DecisionView);
    return c.json({ items, next: encodeCursor(page.next) }, 200);
  });

  app.openapi(contract.readDecision, async (c) => {
    const decision = await requireDecision(deps, c.req.valid("param").decisionId);
    return c.json(viewDecision(decision), 200);
  });

  app.openapi(guarded(deps, contract.amendDecision, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const changes = c.req.valid("json");
    checkLogin(deps, changes.login);
    const reply = await deps.decisions.amend(decisionId, toChanges(changes), c.get("actor"));
    return c.json(viewOrRefuse(reply), 200);
  });

  app.openapi(guarded(deps, contract.openDecision), async (c) =>
    c.json(
      viewOrRefuse(await deps.decisions.open(c.req.valid("param").decisionId, c.get("actor"))),
      200,
    ),
  );
  app.openapi(guarded(deps, contract.closeDecision), async (c) =>
    c.json(
      viewOrRefuse(await deps.decisions.close(c.req.valid("param").decisionId, c.get("actor"))),
      200,
    ),
  );
  app.openapi(guarded(deps, contract.cancelDecision), async (c) =>
    c.json(
      viewOrRefuse(await deps.decisions.cancel(c.req.valid("param").decisionId, c.get("actor"))),
      200,
    ),
  );
}

function viewOrRefuse(reply: RoomReply): DecisionView {
  if (reply.kind === "done") return viewDecision(reply.decision);
  if (reply.kind === "not_found") throw new Problem("decision.not_found");
  throw problemOf(reply);
}

function problemOf(reply: Extract<RoomReply, { kind: "refused" | "unavailable" }>): Problem {
  if (reply.kind === "unavailable") return new Problem("shard.unavailable");
  const { code, faults } = reply;
  return new Problem(code, faults === undefined ? {} : { errors: [...faults] });
}

type DraftBody = Omit<z.infer<typeof contract.decisionDraftSchema>, "id" | "open">;

function toDraft(id: string, body: DraftBody): DecisionDraft {
  return {
    id,
    title: body.title,
    description: body.description,
    regions: toRegions(body.regions),
    electorate: body.electorate,
    electorateSize: toSize(body.electorate_size),
    extensionMinutes: body.extension?.minutes ?? null,
    isEarlyFinish: body.early_finish,
    rule: canonicalJson(requireRuleDocument(body.rule)),
    revotePolicy: body.revote_policy,
    opensAt: toTime(body.opens_at),
    closesAt: toTime(body.closes_at),
    shards: body.shards,
    locationHints: body.location_hints,
    weightMax: body.weight_max,
    visibility: body.visibility,
    smallCellsMin: body.small_cells_min,
    login: toLogin(body.login),
  };
}

function toChanges(body: z.infer<typeof contract.decisionChangesSchema>): Partial<DecisionDraft> {
  return {
    ...(body.title !== undefined && { title: body.title }),
    ...(body.description !== undefined && { description: body.description }),
    ...(body.regions !== undefined && { regions: toRegions(body.regions) }),
    ...(body.electorate !== undefined && { electorate: body.electorate }),
    ...(body.electorate_size !== undefined && { electorateSize: toSize(body.electorate_size) }),
    ...(body.extension !== undefined && { extensionMinutes: body.extension?.minutes ?? null }),
    ...(body.early_finish !== undefined && { isEarlyFinish: body.early_finish }),
    ...(body.rule !== undefined && { rule: canonicalJson(requireRuleDocument(body.rule)) }),
    ...(body.revote_policy !== undefined && { revotePolicy: body.revote_policy }),
    ...(body.opens_at !== undefined && { opensAt: toTime(body.opens_at) }),
    ...(body.closes_at !== undefined && { closesAt: toTime(body.closes_at) }),
    ...(body.shards !== undefined && { shards: body.shards }),
    ...(body.location_hints !== undefined && { locationHints: body.location_hints }),
    ...(body.weight_max !== undefined && { weightMax: body.weight_max }),
    ...(body.visibility !== undefined && { visibility: body.visibility }),
    ...(body.small_cells_min !== undefined && { smallCellsMin: body.small_cells_min }),
    ...(body.login !== undefined && { login: toLogin(body.login) }),
  };
}

function toRegions(regions: { code: string; name?: string | undefined }[]) {
  return regions.map(({ code, name }) => ({ code, name: name ?? code }));
}

function toLogin(login: DraftBody["login"]): ExternalLogin | null {
  if (login === null) return null;
  const { issuer, voter_claim, region_claim } = login;
  return { issuer, voterClaim: voter_claim, regionClaim: region_claim };
}

/** An issuer that this deployment does not trust is refused while the organiser can still mend it. */
function checkLogin(deps: HttpDependencies, login: DraftBody["login"] | undefined): void {
  if (!login || deps.logins.knows(login.issuer)) return;
  const { detail } = problems["login.unknown_issuer"];
  throw new Problem("login.unknown_issuer", { errors: [{ pointer: "/login/issuer", detail }] });
}

type SizeBody = DraftBody["electorate_size"];

/** Without a stated weight everybody weighs 1. */
function toSize(body: SizeBody): ElectorateSize | null {
  if (body === null) return null;
  const { voters, weight = String(voters) } = body;
  const regions = body.regions.map((one) => ({
    region: one.region,
    voters: one.voters,
    weight: one.weight ?? String(one.voters),
  }));
  return { voters, weight, regions };
}

function toTime(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
