import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { SharedLook } from "../coalescing/coalesced-probe.ts";

/** For load balancers and people: alive, and able to do the whole work. */
export function healthRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const readiness = new SharedLook(() => lookAround(deps), {
    now: () => deps.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const found = await readiness.read();
    // Neither ready nor not: somebody else's look is still under way.
    if (found === null) return c.json({ status: "unknown" }, 503, { "retry-after": "1" });
    const { isReady, ...state } = found.value;
    const age_ms = Math.max(0, deps.now() - found.at);
    const body = { status: isReady ? "ready" : "degraded", age_ms, ...state };
    return c.json(body, isReady ? 200 : 503);
  });
}

/** Each look costs a connection, four calls of the brokers, one of Redis. */
async function lookAround(deps: HttpDependencies) {
  const [database, log, cache] = await Promise.all([
    deps.database.health(),
    deps.voteLog.health(),
    deps.cacheState(),
  ]);
  return {
    // Votes are taken without the database and the log; it is lists and exports that wait for them. Nothing waits for the cache: it is named, and no more.
    isReady: database.problems.length === 0 && log.problems.length === 0,
    database,
    vote_log: { kind: log.kind, lag_records: log.lagRecords, problems: log.problems },
    cache,
  };
}
