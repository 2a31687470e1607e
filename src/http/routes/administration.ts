import type { OpenAPIHono } from "@hono/zod-openapi";
import type { DecisionView } from "../../decision/decision-json.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { ListedResultView } from "../../results/listed-result.ts";
import { isoOrNull } from "../../shared/iso-or-null.ts";
import { release } from "../../shared/release.ts";
import * as contract from "../contract/administration.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { sharedReadinessOf } from "../readiness/shared-readiness.ts";
import { decodeCursor, decodeTextCursor, encodeCursor } from "../requests/cursor.ts";
import { readPageSince } from "../responses/read-page-since.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/** What those who run decisions and deployments see at a glance. */
export function administrationRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.listOwnDecisionsRoute), async (c) => {
    const { status = null, after, per_page } = c.req.valid("query");
    const { role, owner } = c.get("actor");
    const query = {
      status,
      audiences: null,
      // An organiser's key has an owner; an admin's lists have every decision.
      ...(role === "admin" ? {} : { owner: owner ?? "" }),
      after: decodeCursor(after, { createdAt: "number", id: "string" }),
      perPage: per_page,
    };
    const asked = { lists: deps.lists, request: c.req };
    const { page, headers } = await readPageSince(asked, (lists) => lists.listDecisions(query));
    // Each document was written by a room, from the same view.
    const items = page.items.map((listed) => ({
      ...(JSON.parse(listed.decision) as DecisionView),
      owner: listed.owner,
      result: listed.result === null ? null : (JSON.parse(listed.result) as ListedResultView),
    }));
    return c.json({ items, next: encodeCursor(page.next) }, 200, headers);
  });

  app.openapi(guarded(deps, contract.listUncertifiedRoute), async (c) => {
    const { after, per_page } = c.req.valid("query");
    const found = await deps.decisions.listUncertified(decodeTextCursor(after) ?? "", per_page + 1);
    const items = found.slice(0, per_page);
    const last = found.length > per_page ? items.at(-1) : undefined;
    const shown = items.map(({ decisionId, since }) => ({
      decision_id: decisionId,
      since: new Date(since).toISOString(),
    }));
    return c.json({ items: shown, next: encodeCursor(last?.decisionId ?? null) }, 200);
  });

  app.openapi(guarded(deps, contract.readCertificationRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { status, certifiedAt } = await requireDecision(deps, decisionId, knownReader(c));
    const { since, waits, rowCheck } = await deps.decisions.certificationState(decisionId);
    const body = {
      decision_id: decisionId,
      status,
      certified_at: isoOrNull(certifiedAt),
      since: isoOrNull(since),
      waits_for: waits.map(({ cause, shards }) => ({ cause, shards: [...shards] })),
      row_check: rowCheck,
    };
    return c.json(body, 200);
  });

  serviceRoute(app, deps);
}

function serviceRoute(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.readServiceRoute), async (c) => {
    const result = await sharedReadinessOf(deps).read();
    if (result === null) throw new Problem("service.unknown");
    const { isReady, shown, causes, databaseSize } = result.value;
    const { database, vote_log, certification, cache, search } = shown;
    const body = {
      ready: isReady,
      looked_at: new Date(result.startedAt).toISOString(),
      release,
      causes,
      database: {
        kind: database.kind,
        // In steps: what grows with each ballot would tell when somebody votes.
        used_percent:
          databaseSize === null
            ? null
            : Math.floor((databaseSize.bytes * 100) / databaseSize.bytesMax),
        bytes_max: databaseSize?.bytesMax ?? null,
        dead_letters: database.dead_letters,
      },
      vote_log: {
        kind: vote_log.kind,
        lag_ballots: vote_log.lag_ballots,
        oldest_minutes: vote_log.oldest_minutes,
      },
      certification: {
        waiting: certification.waiting,
        oldest_minutes: certification.oldest_minutes,
      },
      cache,
      search: { kind: search.kind, indexed_to: search.indexed_to },
    };
    return c.json(body, 200);
  });
}
