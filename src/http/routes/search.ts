import type { OpenAPIHono } from "@hono/zod-openapi";
import type { DecisionView } from "../../decision/decision-json.ts";
import { audiencesOf } from "../../decision/readers.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { ListedResultView } from "../../results/listed-result.ts";
import {
  CursorRefused,
  type DecisionFacets,
  type DecisionFilters,
  type DecisionHit,
  type FoundDecisions,
  type Highlight,
} from "../../search/search.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/search.ts";
import { Problem } from "../problem.ts";
import { foreignCursor } from "../requests/cursor.ts";
import { decodeSearchCursor, encodeSearchCursor } from "../requests/search-cursor.ts";
import { requireWords } from "../requests/search-words.ts";
import { viewFreshness } from "../responses/view-freshness.ts";

/** Search of decisions that were opened. */
export function searchRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.searchDecisionsRoute, async (c) => {
    const { search, searchCursors } = deps;
    if (search === null) throw new Problem("search.off");
    const { q, after, per_page, facets, ...values } = c.req.valid("query");
    const question = { words: requireWords(q), filters: toFilters(values) };
    const place = decodeSearchCursor(searchCursors, question, after);
    const hitsBefore = place?.hits ?? 0;
    const hitsLeft = limits.searchHitsMax - hitsBefore;
    if (hitsLeft <= 0) throw new Problem("search.too_deep");
    // First, so that nothing is told to be fresher than it is.
    const indexedTo = await search.indexedTo();
    const found = await refuseForeign(
      search.searchDecisions({
        ...question,
        after: place?.position ?? null,
        perPage: Math.min(per_page, hitsLeft),
        withFacets: facets,
      }),
    );
    const nextPlace = nextAfter(found, hitsBefore);
    const body = {
      items: await readHits(deps, found.hits),
      total: found.total,
      facets: found.facets === null ? null : viewFacets(found.facets),
      next: nextPlace === null ? null : encodeSearchCursor(searchCursors, question, nextPlace),
      ...viewFreshness(indexedTo, deps.now()),
    };
    return c.json(body, 200);
  });
}

/** @throws {Problem} query.invalid where the deployment's index has become another since */
async function refuseForeign(finding: Promise<FoundDecisions>): Promise<FoundDecisions> {
  try {
    return await finding;
  } catch (error) {
    throw error instanceof CursorRefused ? foreignCursor() : error;
  }
}

interface AskedValues {
  status?: DecisionFilters["statuses"] | undefined;
  outcome?: DecisionFilters["outcomes"] | undefined;
  region?: string | undefined;
  owner?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

function toFilters({ status, outcome, region, owner, from, to }: AskedValues): DecisionFilters {
  return {
    ...(status === undefined ? {} : { statuses: status }),
    ...(outcome === undefined ? {} : { outcomes: outcome }),
    ...(region === undefined ? {} : { region }),
    ...(owner === undefined ? {} : { owner }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}

function nextAfter({ next, hits }: FoundDecisions, hitsBefore: number) {
  return next === null ? null : { position: next, hits: hitsBefore + hits.length };
}

/**
 * What the list shows of each hit, which the database says: an index can show nobody what it should
 * not have. What the database has not opened, or does not have yet, is left out.
 */
async function readHits(deps: HttpDependencies, hits: readonly DecisionHit[]) {
  const ids = hits.map(({ id }) => id);
  const listed = await deps.database.readListed({ ids, audiences: audiencesOf(null) });
  // Each document was written by a room, from the same view.
  const items = listed.map(({ decision, result }) => ({
    ...(JSON.parse(decision) as DecisionView),
    result: result === null ? null : (JSON.parse(result) as ListedResultView),
  }));
  const byId = new Map(items.map((item) => [item.id, item]));
  return hits.flatMap(({ id, highlights }) => {
    const decision = byId.get(id);
    return decision === undefined ? [] : [{ decision, highlights: highlights.map(viewHighlight) }];
  });
}

function viewHighlight({ field, language, parts }: Highlight) {
  return {
    field,
    language,
    parts: parts.map(({ text, isMatch }) => ({ text, match: isMatch })),
  };
}

function viewFacets({ status, outcome, region, owner, year }: DecisionFacets) {
  return {
    status: [...status],
    outcome: [...outcome],
    region: [...region],
    owner: [...owner],
    year: [...year],
  };
}
