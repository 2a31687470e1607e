import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/reindex.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/** For operators: the search index filled again from the record. */
export function reindexRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.voteBytesMax);
  app.openapi(guarded(deps, contract.reindexRoute, body), async (c) => {
    const { decision_id: decisionId = null, after: cursor } = c.req.valid("json");
    const after = readCursor(cursor);
    if (deps.searchReindex === null) throw new Problem("search.off");
    if (decisionId !== null) await requireDecision(deps, decisionId, knownReader(c));
    const portion = await deps.searchReindex.reindex({ decisionId, after });
    if (portion === "not_begun") throw new Problem("search.reindex_not_begun");
    const { decisions, ballots, refused, next } = portion;
    const answer = {
      done: next === null,
      decisions,
      ballots,
      refused,
      next: next && encodeCursor({ ...next }),
    };
    return c.json(answer, 200);
  });
}

/** @throws {Problem} body.invalid where it is none of ours */
function readCursor(text: string | undefined) {
  try {
    return decodeCursor(text, {
      round: "number",
      began: "number",
      decisionId: "string",
      pages: "number",
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const detail = "Give `next` of the answer before as it stands, or leave it out.";
    throw new Problem("body.invalid", { errors: [{ pointer: "/after", detail }] });
  }
}
