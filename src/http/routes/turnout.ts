import type { OpenAPIHono } from "@hono/zod-openapi";
import type { TurnoutReply } from "../../ports/decisions.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { viewTurnoutSeries } from "../../results/turnout-series.ts";
import { isLastVersion } from "../../results/shown-result.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { SharedReads } from "../coalescing/shared-reads.ts";
import * as contract from "../contract/results.ts";
import { Problem } from "../problem.ts";
import { etagOf, isUnchanged, stillNewest, versionIn } from "../responses/etag.ts";
import { readerOf, requireDecision } from "./require-decision.ts";

/** How turnout grew: one call to the room a second serves all readers of an isolate. */
export function turnoutRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const shared = new SharedReads<TurnoutReply>({
    entriesMax: limits.isolateDecisionsMax,
    bytesOf: serializedBytes,
    isLast: ({ result }) => isLastVersion(result),
    keepsLast: false,
    now: () => deps.now(),
  });

  app.openapi(contract.readTurnoutRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const seen = c.req.header("if-none-match");
    const read = await shared.read(decisionId, versionIn(seen), () =>
      deps.decisions.turnout(decisionId),
    );
    if (read === null) {
      await requireDecision(deps, decisionId, readerOf(deps, c));
      // A draft's, for its owner alone, or that of a decision which was opened since the first look.
      const unshared = await deps.decisions.unsharedTurnout(decisionId);
      if (unshared === null) throw new Problem("shard.unavailable");
      const headers = { "cache-control": "no-store" };
      return c.json(viewTurnoutSeries(unshared, deps.now()), 200, headers);
    }
    const { value, newerSeen } = read;
    if (newerSeen !== null) return c.body(null, 304, stillNewest(newerSeen));
    const headers = { "cache-control": "no-cache", etag: etagOf(value.version) };
    if (isUnchanged(seen, headers.etag)) return c.body(null, 304, headers);
    return c.json(viewTurnoutSeries(value, deps.now()), 200, headers);
  });
}
