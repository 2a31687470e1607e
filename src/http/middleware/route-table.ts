import { z, type OpenAPIHono } from "@hono/zod-openapi";
import { Problem } from "../problem.ts";

/** What is served at a path: each method with the query parameters that it takes. */
export interface ServedPath {
  /** As the router spells it: `/api/v1/decisions/:decisionId`. */
  path: string;
  /** Null where the contract does not say: for monitors and tools. */
  parameters: ReadonlyMap<string, ReadonlySet<string> | null>;
}

interface PathPattern extends ServedPath {
  pattern: RegExp;
  placeholders: number;
}

/** Which routes there are at a path, for what the router does not tell. Made on first use. */
export class RouteTable {
  readonly #app: OpenAPIHono;
  #patterns: PathPattern[] | null = null;
  /** The same by how many slashes they have, since a parameter has none. */
  #byDepth: ReadonlyMap<number, readonly PathPattern[]> | null = null;
  /** Paths without a parameter: a vote's is one, and is looked up with each. */
  #plain: ReadonlyMap<string, ServedPath> | null = null;

  constructor(app: OpenAPIHono) {
    this.#app = app;
  }

  find(pathname: string): ServedPath | null {
    this.#patterns ??= patternsOf(this.#app);
    this.#plain ??= new Map(
      this.#patterns.filter(({ placeholders }) => placeholders === 1).map((one) => [one.path, one]),
    );
    const plain = this.#plain.get(pathname);
    if (plain !== undefined) return plain;
    this.#byDepth ??= Map.groupBy(this.#patterns, ({ path }) => depthOf(path));
    const candidates = this.#byDepth.get(depthOf(pathname)) ?? [];
    return candidates.find(({ pattern }) => pattern.test(pathname)) ?? null;
  }

  /** Why nothing was found for a request: there is no such path, or it takes other methods. */
  notServed(pathname: string): Problem {
    const served = this.find(pathname);
    if (served === null) return new Problem("route.not_found");
    const methods = [...served.parameters.keys()];
    const allow = methods.includes("GET") ? [...methods, "HEAD"] : methods;
    return new Problem("method.not_allowed", { allow });
  }
}

function depthOf(path: string): number {
  let depth = 0;
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) depth += 1;
  return depth;
}

function patternsOf(app: OpenAPIHono): PathPattern[] {
  const described = parametersByRoute(app);
  const served = app.routes.filter(({ method }) => method !== "ALL");
  const patterns = [...Map.groupBy(served, ({ path }) => path)].map(([path, routes]) => {
    const names = routes.map(
      ({ method }) => [method, described.get(`${method} ${path}`) ?? null] as const,
    );
    const source = path.replaceAll(/[.]/g, "\\.").replaceAll(/:\w+/g, "[^/]+");
    return {
      path,
      pattern: new RegExp(`^${source}$`),
      placeholders: path.split(":").length,
      parameters: new Map(names),
    };
  });
  // A word goes before a parameter that it would match.
  return patterns.toSorted((a, b) => a.placeholders - b.placeholders);
}

/** The names in each route's query, by its method and the router's spelling of its path. */
function parametersByRoute(app: OpenAPIHono): Map<string, ReadonlySet<string>> {
  const byRoute = new Map<string, ReadonlySet<string>>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path, request } = definition.route;
    const query = request?.query;
    const isObject = query instanceof z.ZodObject;
    // One that takes any name, as what a provider sends a browser back with.
    if (isObject && query.def.catchall instanceof z.ZodString) continue;
    const names = isObject ? Object.keys(query.shape) : [];
    byRoute.set(`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`, new Set(names));
  }
  return byRoute;
}
