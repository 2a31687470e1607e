import type { OpenAPIHono } from "@hono/zod-openapi";
import { isPublished } from "../../decision/readers.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { viewHead, viewRegionResult, viewResult } from "../../results/result-json.ts";
import { viewTally } from "../../results/view-tally.ts";
import { isLastVersion, type ShownResult } from "../../results/shown-result.ts";
import * as contract from "../contract/results.ts";
import { decodeTextCursor, encodeCursor } from "../requests/cursor.ts";
import type { Watcher } from "../../ports/decisions.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { clientAddressOf } from "../admission/client-address.ts";
import { etagOf, isUnchanged, stillNewest, versionIn } from "../responses/etag.ts";
import { readPageSince } from "../responses/read-page-since.ts";
import { Problem } from "../problem.ts";
import { readerOf, requireDecision, type FindReader } from "./require-decision.ts";
import { sharedDecisionsOf } from "../coalescing/shared-decisions.ts";
import { SharedReads } from "../coalescing/shared-reads.ts";

/** Results: read, listed by region, and followed live. */
export function resultRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const shared = new SharedReads<ShownResult>({
    entriesMax: limits.isolateDecisionsMax,
    bytesOf: serializedBytes,
    isLast: isLastVersion,
    keepsLast: false,
    now: () => deps.now(),
  });

  app.openapi(contract.readResultsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const seen = c.req.header("if-none-match");
    const { result, headers, isUpToDate } = await requireResult({
      deps,
      shared,
      decisionId,
      seen,
      findReader: readerOf(deps, c),
    });
    if (isUpToDate) return c.body(null, 304, headers);
    return c.json(viewResult(result, deps.now()), 200, headers);
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
    const { result, headers, isUpToDate } = await requireResult({
      deps,
      shared,
      decisionId,
      seen,
      findReader: readerOf(deps, c),
    });
    const view = viewRegionResult(result, region, deps.now());
    if (view === null) throw new Problem("region.not_found");
    if (view === "hidden") throw new Problem("region.not_shown");
    if (isUpToDate) return c.body(null, 304, headers);
    return c.json(view, 200, headers);
  });
}

/** `isUpToDate`: the reader has the newest, so the headers are those of a 304. */
type ResultAnswer = { result: ShownResult; headers: Record<string, string>; isUpToDate: boolean };

interface ResultRequest {
  deps: HttpDependencies;
  shared: SharedReads<ShownResult>;
  decisionId: string;
  /** If-None-Match as it was sent. */
  seen: string | undefined;
  findReader: FindReader;
}

async function requireResult({
  deps,
  shared,
  decisionId,
  seen,
  findReader,
}: ResultRequest): Promise<ResultAnswer> {
  const seenVersion = versionIn(seen);
  let isShared = true;
  const read = await shared.read(decisionId, seenVersion, (last) => {
    isShared = false;
    return deps.results.read(decisionId, { seenVersion, last });
  });
  if (isShared) deps.meter.count("enviro.cache.reads", { tier: "isolate" });
  if (read === null) {
    const decision = await requireDecision(deps, decisionId, findReader);
    const ofDraft = isPublished(decision) ? null : await deps.decisions.draftResult(decisionId);
    if (ofDraft === null) throw new Problem("shard.unavailable");
    // For its owner alone, so it is not shared.
    return { result: ofDraft, headers: { "cache-control": "no-store" }, isUpToDate: false };
  }
  const { value: result, newerSeen } = read;
  if (newerSeen !== null) return { result, headers: stillNewest(newerSeen), isUpToDate: true };
  const headers = resultHeaders(result);
  return { result, headers, isUpToDate: isUnchanged(seen, headers["etag"]) };
}

/** The ETag is the result's version. */
function resultHeaders(result: ShownResult): Record<"cache-control" | "etag", string> {
  const seconds = Math.floor(limits.sharedReadMs / 1_000);
  // A browser revalidates, so that no cache gives it an older version than it has shown.
  const control = result.isFinal ? `public, max-age=${seconds}` : "no-cache";
  return { "cache-control": control, etag: etagOf(result.version) };
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
