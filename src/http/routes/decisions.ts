import type { OpenAPIHono } from "@hono/zod-openapi";
import { sha256Hex } from "../../auth/digest.ts";
import { findRuleFaults } from "../../decision/decision-rule.ts";
import { findPlacementFaults } from "../../decision/placement.ts";
import { keepChanges, keepDraft } from "../../decision/draft-fields.ts";
import { viewDecision, type DecisionView } from "../../decision/decision-json.ts";
import type { ListedResultView } from "../../results/listed-result.ts";
import { viewRule } from "../../decision/rule-notes.ts";
import { audiencesOf, isPublished } from "../../decision/readers.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/decisions.ts";
import { sharedDecisionsOf } from "../coalescing/shared-decisions.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { RoomReply } from "../../ports/decisions.ts";
import { findReaderOf, guarded } from "../middleware/credentials.ts";
import { jsonBody, optionalJsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { problems } from "../problems/problems.ts";
import { requireRuleDocument } from "../requests/rule-document.ts";
import { readPageSince } from "../responses/read-page-since.ts";
import {
  draftsIn,
  etagOfDecision,
  isUnchanged,
  stillNewest,
  versionIn,
} from "../responses/etag.ts";
import { readerOf } from "./require-decision.ts";

/** Decisions: drafting, reading, and the steps of their life. */
export function decisionRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.decisionBytesMax);
  const optionalBody = optionalJsonBody(limits.decisionBytesMax);

  app.openapi(guarded(deps, contract.createDecisionRoute, body), async (c) => {
    const { slug = crypto.randomUUID(), open, ...draft } = c.req.valid("json");
    const id = deps.decisionIds.complete(slug);
    checkLogin(deps, draft.login);
    const drafted = keepDraft(id, { ...draft, rule: requireRuleDocument(draft.rule) });
    const faults = findRuleFaults(drafted, limits);
    if (faults.length > 0) throw new Problem("rule.invalid", { errors: faults });
    const misplaced = findPlacementFaults(drafted);
    if (misplaced.length > 0) throw new Problem("placement.invalid", { errors: misplaced });
    const reply = await deps.decisions.create(drafted, c.get("actor"), open);
    if (reply.kind === "taken") throw new Problem("decision.exists");
    if (reply.kind === "refused" || reply.kind === "unavailable") throw problemOf(reply);
    const headers = { etag: etagOfDecision(reply.decision) };
    return c.json(viewDecision(reply.decision), reply.kind === "created" ? 201 : 200, headers);
  });

  app.openapi(contract.listDecisionsRoute, async (c) => {
    const reader = await findReaderOf(deps, c.req.raw, null);
    const { status = null, after, per_page } = c.req.valid("query");
    const cursor = decodeCursor(after, { createdAt: "number", id: "string" });
    const query = { status, audiences: audiencesOf(reader), after: cursor, perPage: per_page };
    const asked = { lists: deps.lists, request: c.req };
    const { page, headers } = await readPageSince(asked, (lists) => lists.listDecisions(query));
    // Each document was written by a room, from the same view.
    const items = page.items.map(({ decision, result }) => ({
      ...(JSON.parse(decision) as DecisionView),
      result: result === null ? null : (JSON.parse(result) as ListedResultView),
    }));
    return c.json({ items, next: encodeCursor(page.next) }, 200, headers);
  });

  app.openapi(contract.readDecisionRoute, async (c) => {
    const seen = c.req.header("if-none-match");
    const { decisionId } = c.req.valid("param");
    const read = await sharedDecisionsOf(deps).read(decisionId, readerOf(deps, c), versionIn(seen));
    const { decision, newerSeen } = read;
    if (newerSeen !== null) return c.body(null, 304, stillNewest(newerSeen));
    const etag = etagOfDecision(decision);
    // What was never opened is for few, and no cache keeps it.
    const headers = { "cache-control": isPublished(decision) ? "no-cache" : "no-store", etag };
    if (isUnchanged(seen, headers.etag)) return c.body(null, 304, headers);
    return c.json(viewDecision(decision), 200, headers);
  });

  ruleRoute(app, deps);

  app.openapi(guarded(deps, contract.amendDecisionRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const changes = c.req.valid("json");
    checkLogin(deps, changes.login);
    const rule = changes.rule && requireRuleDocument(changes.rule);
    const kept = keepChanges({ ...changes, rule });
    const expected = draftsIn(c.req.header("if-match"));
    const amendment = { changes: kept, expected };
    const reply = await deps.decisions.amend(decisionId, amendment, c.get("actor"));
    return c.json(...viewOrRefuse(deps, reply));
  });

  app.openapi(guarded(deps, contract.openDecisionRoute, optionalBody), async (c) => {
    const { decisionId } = c.req.valid("param");
    const known = c.req.valid("json");
    const reply = await deps.decisions.open(decisionId, c.get("actor"), {
      hasSmallCells: known.acknowledge_small_cells === true,
      hasSmallGroups: known.acknowledge_small_groups === true,
      refusedRows: known.accept_refused_rows ?? 0,
      expected: draftsIn(c.req.header("if-match")),
    });
    return c.json(...viewOrRefuse(deps, reply));
  });
  endingRoutes(app, deps);
}

/** The ETag of a frozen rule is its document's digest. */
function ruleRoute(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.readRuleRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { decision } = await sharedDecisionsOf(deps).read(decisionId, readerOf(deps, c));
    const view = { decision_id: decisionId, ...viewRule(decision) };
    if (!isPublished(decision)) return c.json(view, 200);
    const headers = { "cache-control": "no-cache", etag: `"${sha256Hex(decision.draft.rule)}"` };
    if (isUnchanged(c.req.header("if-none-match"), headers.etag)) return c.body(null, 304, headers);
    return c.json(view, 200, headers);
  });
}

/** Closing, cancelling, and deleting what was cancelled as a draft. */
function endingRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.closeDecisionRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const reply = await deps.decisions.close(decisionId, c.get("actor"));
    return c.json(...viewOrRefuse(deps, reply));
  });

  app.openapi(guarded(deps, contract.cancelDecisionRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const expected = draftsIn(c.req.header("if-match"));
    const reply = await deps.decisions.cancel(decisionId, c.get("actor"), expected);
    return c.json(...viewOrRefuse(deps, reply));
  });

  app.openapi(guarded(deps, contract.deleteDecisionRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const expected = draftsIn(c.req.header("if-match"));
    const reply = await deps.decisions.delete(decisionId, c.get("actor"), expected);
    if (reply === "not_found") throw new Problem("decision.not_found");
    if (reply === "not_deletable") throw new Problem("decision.not_deletable");
    if (reply === "changed") throw new Problem("decision.changed");
    if (reply === "unavailable") throw new Problem("shard.unavailable");
    return c.body(null, 204);
  });
}

/** What a change is answered with: the decision, its status and its ETag. */
type ChangedAnswer = [view: DecisionView, status: 200, headers: { etag: string }];

function viewOrRefuse(deps: HttpDependencies, reply: RoomReply): ChangedAnswer {
  if (reply.kind === "done") {
    sharedDecisionsOf(deps).keep(reply.decision);
    return [viewDecision(reply.decision), 200, { etag: etagOfDecision(reply.decision) }];
  }
  if (reply.kind === "not_found") throw new Problem("decision.not_found");
  throw problemOf(reply);
}

function problemOf(reply: Extract<RoomReply, { kind: "refused" | "unavailable" }>): Problem {
  if (reply.kind === "unavailable") return new Problem("shard.unavailable");
  const { code, faults } = reply;
  return new Problem(code, faults === undefined ? {} : { errors: [...faults] });
}

/** Refuses an issuer that this deployment does not trust, while it can still be changed. */
function checkLogin(deps: HttpDependencies, login: { issuer: string } | null | undefined): void {
  if (!login || deps.logins.knows(login.issuer)) return;
  const { detail } = problems["login.unknown_issuer"];
  throw new Problem("login.unknown_issuer", { errors: [{ pointer: "/login/issuer", detail }] });
}
