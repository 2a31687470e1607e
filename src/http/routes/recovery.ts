import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/recovery.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/** For operators: a shard as it was at an earlier time. */
export function recoveryRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.voteBytesMax);
  app.openapi(guarded(deps, contract.recoverShardRoute, body), async (c) => {
    const { decisionId, shard } = c.req.valid("param");
    const to = Date.parse(c.req.valid("json").to);
    const { status, manifest } = await requireDecision(deps, decisionId, knownReader(c));
    if (status !== "open" || manifest === null) throw new Problem("recovery.not_open");
    if (manifest.shardMap[shard] === undefined) throw new Problem("shard.not_found");
    const now = deps.now();
    const isKept = to > Math.max(manifest.opensAt, now - limits.recoveryMsMax) && to < now;
    if (!isKept) throw new Problem("recovery.out_of_range");
    const reply = await deps.recoveries.recover({ plan: manifest, shard, to }, c.get("actor"));
    if (reply === "unavailable") throw new Problem("recovery.unavailable");
    return c.json(reply, 202);
  });
}
