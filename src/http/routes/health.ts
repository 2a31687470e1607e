import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDeps } from "../deps.ts";

/** For load balancers and people: alive, and able to do the whole work. */
export function healthRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const [database, log, cache] = await Promise.all([
      deps.database.health(),
      deps.voteLog.health(),
      deps.cacheState(),
    ]);
    // Votes are taken without the database and the log; it is lists and exports that wait for them. Nothing waits for the cache: it is named, and no more.
    const isReady = database.problems.length === 0 && log.problems.length === 0;
    const body = {
      status: isReady ? "ready" : "degraded",
      database,
      vote_log: { kind: log.kind, lag_records: log.lagRecords, problems: log.problems },
      cache,
    };
    return c.json(body, isReady ? 200 : 503);
  });
}
