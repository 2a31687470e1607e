import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { GatewayMetrics } from "../metrics.ts";

/**
 * Measures every request by its route's pattern: paths hold groups and instances, which would make
 * a series each.
 */
export function observeRequests(metrics: GatewayMetrics): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    // Middleware is for all methods, a route for one.
    const route = matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none";
    metrics.requestSeconds
      .labels(c.req.method, route, `${Math.floor(c.res.status / 100)}xx`)
      .observe((performance.now() - startedAt) / 1_000);
  };
}
