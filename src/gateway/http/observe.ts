import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { valuesInTens } from "../held-back.ts";
import type { GatewayMetrics } from "../metrics.ts";

/** What is asked whether or not anybody votes. */
const openRoutes: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics", "none"]);

/**
 * Measures every request by its route's pattern: paths hold groups and instances, which would make
 * a series each. Those of the dialects come with votes, and are told in tens, but for what failed.
 */
export function observeRequests({ requestSeconds }: GatewayMetrics): MiddlewareHandler {
  const tell = (labels: string, seconds: number): void =>
    requestSeconds.labels(...labels.split("\n")).observe(seconds);
  const tellInTens = valuesInTens(tell);
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    // Middleware is for all methods, a route for one.
    const route = matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none";
    const status = `${Math.floor(c.res.status / 100)}xx`;
    const isOpen = openRoutes.has(route) || status === "5xx";
    const labels = [c.req.method, route, status].join("\n");
    (isOpen ? tell : tellInTens)(labels, (performance.now() - startedAt) / 1_000);
  };
}
