import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDeps } from "../deps.ts";

/** For load balancers and people: alive, and able to do the whole work. */
export function healthRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const [isReachable, cache] = await Promise.all([
      deps.database.isReachable(),
      deps.cacheState(),
    ]);
    // Votes are taken without the database; it is lists and exports that wait for it. Nothing waits for the cache: it is named, and no more.
    const status = isReachable ? "ready" : "degraded";
    return c.json(
      { status, database: isReachable ? "ok" : "unreachable", cache },
      isReachable ? 200 : 503,
    );
  });
}
