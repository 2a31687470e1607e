import type { OpenAPIHono } from "@hono/zod-openapi";
import { viewHead, viewRegionResult } from "../../results/result-json.ts";
import { viewTally } from "../../results/view-tally.ts";
import * as contract from "../contract/results.ts";
import { decodeTextCursor, encodeCursor } from "../requests/cursor.ts";
import type { Watcher } from "../../ports/decisions.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { clientAddressOf } from "../admission/client-address.ts";
import { isUnchanged, stillNewest, versionIn } from "../responses/etag.ts";
import { ReadyResult } from "../responses/ready-result.ts";
import { readPageSince } from "../responses/read-page-since.ts";
import { Problem } from "../problem.ts";
import { readerOf, requireDecision, type FindReader } from "./require-decision.ts";
import { sharedDecisionsOf } from "../coalescing/shared-decisions.ts";
import { sharedResultsOf } from "../coalescing/shared-results.ts";

/** Results: read, listed by region, and followed live. */
export function resultRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  // What is shared just now is answered before routing, by `answerSharedResults`.
  app.openapi(contract.readResultsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const seen = c.req.header("if-none-match");
    const { ready, headers, isUpToDate } = await requireResult({
      deps,
      decisionId,
      seen,
      findReader: readerOf(deps, c),
    });
    if (isUpToDate) return c.body(null, 304, headers);
    const json = { ...headers, "content-type": "application/json" };
    return c.body(ready.textAt(deps.now()), 200, json);
  });

  app.openapi(contract.listRegionResultsRoute, async (c) => {
    const { region } = c.req.valid("param");
    const { after, per_page } = c.req.valid("query");
    const query = { region, after: decodeTextCursor(after), perPage: per_page };
    const asked = { lists: deps.lists, request: c.req };
    const { page, headers } = await readPageSince(asked, (lists) =>
      lists.listRegionalResults(query),
    );
    const items = page.items.map(({ tally, title, isRehearsal, ...row }) => ({
      ...viewHead(row, deps.now()),
      title,
      rehearsal: isRehearsal,
      region,
      total: viewTally(tally),
    }));
    return c.json({ items, next: encodeCursor(page.next) }, 200, headers);
  });

  app.openapi(contract.streamResultsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const lastSeen = lastEventId(c.req.header("last-event-id"));
    const since = lastSeen ?? c.req.valid("query").since ?? null;
    const watcher = { isSocket: false, since, client: clientOf(deps, c.req.raw) };
    return watch(deps, { decisionId, watcher, findReader: readerOf(deps, c) });
  });

  app.openapi(contract.openSocketRoute, async (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new Problem("route.upgrade_required");
    }
    const { decisionId } = c.req.valid("param");
    const { since = null } = c.req.valid("query");
    const watcher = { isSocket: true, since, client: clientOf(deps, c.req.raw) };
    return watch(deps, { decisionId, watcher, findReader: readerOf(deps, c) });
  });

  // Last, since its parameter would match the words above.
  app.openapi(contract.readRegionResultsRoute, async (c) => {
    const { decisionId, region } = c.req.valid("param");
    const seen = c.req.header("if-none-match");
    const { ready, headers, isUpToDate } = await requireResult({
      deps,
      decisionId,
      seen,
      findReader: readerOf(deps, c),
    });
    const view = viewRegionResult(ready.result, region, deps.now());
    if (view === null) throw new Problem("region.not_found");
    if (view === "hidden") throw new Problem("region.not_shown");
    if (isUpToDate) return c.body(null, 304, headers);
    return c.json(view, 200, headers);
  });
}

/** `isUpToDate`: the reader has the newest, so the headers are those of a 304. */
type ResultAnswer = { ready: ReadyResult; headers: Record<string, string>; isUpToDate: boolean };

interface ResultRequest {
  deps: HttpDependencies;
  decisionId: string;
  /** If-None-Match as it was sent. */
  seen: string | undefined;
  findReader: FindReader;
}

async function requireResult({
  deps,
  decisionId,
  seen,
  findReader,
}: ResultRequest): Promise<ResultAnswer> {
  const seenVersion = versionIn(seen);
  let isShared = true;
  const read = await sharedResultsOf(deps).read(decisionId, seenVersion, async (last) => {
    isShared = false;
    const result = await deps.results.read(decisionId, {
      seenVersion,
      last: last?.result ?? null,
    });
    return result === null ? null : new ReadyResult(result);
  });
  if (isShared) deps.meter.count("enviro.cache.reads", { tier: "isolate" });
  if (read === null) {
    await requireDecision(deps, decisionId, findReader);
    // A draft's, for its owner alone, or that of a decision which was opened since the first look.
    const result = await deps.decisions.unsharedResult(decisionId);
    if (result === null) throw new Problem("shard.unavailable");
    const headers = { "cache-control": "no-store" };
    return { ready: new ReadyResult(result), headers, isUpToDate: false };
  }
  const { value: ready, newerSeen } = read;
  if (newerSeen !== null) return { ready, headers: stillNewest(newerSeen), isUpToDate: true };
  const { headers } = ready;
  return { ready, headers, isUpToDate: isUnchanged(seen, headers.etag) };
}

/** The version that a browser resumes from. What is none of our ids is none at all. */
function lastEventId(sent: string | undefined): number | null {
  return sent !== undefined && /^[0-9]{1,15}$/.test(sent) ? Number(sent) : null;
}

interface Watch {
  decisionId: string;
  watcher: Watcher;
  findReader: FindReader;
}

/** Whose places are counted together, where anything is limited. */
function clientOf(deps: HttpDependencies, request: Request): string | null {
  return deps.admission.isOn ? clientAddressOf(request) : null;
}

async function watch(
  deps: HttpDependencies,
  { decisionId, watcher, findReader }: Watch,
): Promise<Response> {
  await sharedDecisionsOf(deps).read(decisionId, findReader);
  const response = await deps.decisions.watch(decisionId, watcher);
  if (response.status === 403) throw new Problem("watchers.too_many");
  if (response.status === 429) throw new Problem("watchers.full");
  if (response.status === 503) throw new Problem("shard.unavailable");
  // What an object answers has headers that can't be completed; an upgrade can't be copied.
  return response.status === 101 ? response : new Response(response.body, response);
}
