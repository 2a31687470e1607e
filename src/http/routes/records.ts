import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Decision } from "../../decision/decision.ts";
import { discloseCounts, type DisclosedId } from "../../decision/visibility.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import * as contract from "../contract/records.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import { isUnchanged } from "../responses/etag.ts";
import { exportStream, immutableHeaders, pageAnswer } from "../responses/published.ts";
import { refuseArchived } from "../responses/refuse-archived.ts";
import { viewBallot } from "../responses/view-ballot.ts";
import { readPageSince } from "../responses/read-page-since.ts";
import { knownReader, readerOf, requireDecision, requireRemembered } from "./require-decision.ts";

/** Single ballots: what was published of them, and those of roll calls as they come in. */
export function recordRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.listVotesRoute, (c) => {
    const { page } = c.req.valid("query");
    const list = { decisionId: c.req.valid("param").decisionId, list: "counted" } as const;
    return pageAnswer(
      deps,
      { ...list, page, seen: c.req.header("if-none-match") },
      readerOf(deps, c),
    );
  });

  app.openapi(contract.listOtherVotesRoute, (c) => {
    const { page } = c.req.valid("query");
    const list = { decisionId: c.req.valid("param").decisionId, list: "others" } as const;
    return pageAnswer(
      deps,
      { ...list, page, seen: c.req.header("if-none-match") },
      readerOf(deps, c),
    );
  });

  app.openapi(guarded(deps, contract.listOpeningsRoute), (c) => {
    const { page } = c.req.valid("query");
    const list = { decisionId: c.req.valid("param").decisionId, list: "openings" } as const;
    return pageAnswer(deps, { ...list, page, seen: c.req.header("if-none-match") }, knownReader(c));
  });

  app.openapi(contract.exportVotesRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { format, list } = c.req.valid("query");
    const { disclosure } = (await requireDecision(deps, decisionId, readerOf(deps, c))).draft;
    const csv = format === "csv" ? { disclosure } : null;
    const body = await exportStream({ deps, decisionId, list, csv, findReader: readerOf(deps, c) });
    const headers = immutableHeaders(list, format);
    if (isUnchanged(c.req.header("if-none-match"), headers.etag)) {
      await body.cancel();
      return c.body(null, 304, headers);
    }
    return c.body(body, 200, {
      ...headers,
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "content-disposition": `attachment; filename="${decisionId}-${list}.${format}"`,
    });
  });

  app.openapi(contract.listReceivedVotesRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after, per_page, region, choice } = c.req.valid("query");
    const cursor = decodeCursor(after, { shard: "shard", seq: "number" });
    const id = requireRollCall(await requireRemembered(deps, decisionId, readerOf(deps, c)));
    const query = {
      decisionId: id,
      after: cursor,
      perPage: per_page,
      ...(region === undefined ? {} : { region }),
      ...(choice === undefined ? {} : { choice }),
    };
    const asked = { lists: deps.lists, request: c.req };
    const { page, headers } = await refuseArchived(
      readPageSince(asked, (lists) => lists.listBallots(query)),
    );
    const { items, next } = page;
    const ballots = items.map(({ shard, ...ballot }) => ({ shard, ...viewBallot(ballot) }));
    return c.json({ items: ballots, next: encodeCursor(next) }, 200, headers);
  });
}

/** @throws {Problem} votes.not_roll_call, results.sealed */
function requireRollCall(decision: Decision): DisclosedId {
  if (decision.draft.disclosure !== "roll_call") throw new Problem("votes.not_roll_call");
  const disclosed = discloseCounts(decision);
  if (disclosed === null) throw new Problem("results.sealed");
  return disclosed.id;
}
