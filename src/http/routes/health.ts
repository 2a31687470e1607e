import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { sharedReadinessOf } from "../readiness/shared-readiness.ts";

/** For load balancers (alive) and for whoever watches the deployment (whether all of it works). */
export function healthRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const readiness = sharedReadinessOf(deps);

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const result = await readiness.read();
    // Neither ready nor not: another request's probe still runs.
    if (result === null) return c.json({ status: "unknown" }, 503, { "retry-after": "1" });
    const { isReady, shown } = result.value;
    const age_ms = Math.max(0, deps.now() - result.startedAt);
    const body = { status: isReady ? "ready" : "degraded", age_ms, ...shown };
    return c.json(body, isReady ? 200 : 503);
  });
}
