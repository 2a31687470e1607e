import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { RequestClass } from "../../ports/admission.ts";

/** Routes for everybody that cost more than a read. */
const costlyRoutes: Readonly<Record<string, RequestClass>> = {
  "GET /api/v1/decisions": "list",
  "GET /api/v1/regions/{region}/results": "list",
  "GET /api/v1/decisions/{decisionId}/votes/received": "list",
  "GET /api/v1/search/decisions": "list",
  "GET /api/v1/stats": "list",
  "GET /api/v1/decisions/{decisionId}/stats": "list",
  "GET /api/v1/decisions/{decisionId}/results/stream": "watch",
  "GET /api/v1/decisions/{decisionId}/results/socket": "watch",
  "GET /api/v1/decisions/{decisionId}/export": "export",
  "POST /api/v1/rules/evaluate": "evaluate",
  "POST /api/v1/plan": "evaluate",
  "GET /api/v1/session/callback/{provider}": "exchange",
};

/**
 * What a route counts by address, from its contract. Null where its guard counts by the credential:
 * a town hall has one address, and its voters and stations have a login, token or key each.
 */
export function addressClassOf({
  method,
  path,
  security = [],
}: Pick<RouteConfig, "method" | "path" | "security">): RequestClass | null {
  const isForAll = security.length === 0 || security.some((entry) => isEmpty(entry));
  return isForAll ? (costlyRoutes[`${method.toUpperCase()} ${path}`] ?? "read") : null;
}

function isEmpty(entry: object): boolean {
  return Object.keys(entry).length === 0;
}

/** The class of each route of an app by its method and the router's pattern. */
export function addressClassesOf(app: OpenAPIHono): ReadonlyMap<string, RequestClass | null> {
  const classes = new Map<string, RequestClass | null>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path } = definition.route;
    const pattern = path.replace(/\{(\w+)\}/g, ":$1");
    classes.set(`${method.toUpperCase()} ${pattern}`, addressClassOf(definition.route));
  }
  return classes;
}
