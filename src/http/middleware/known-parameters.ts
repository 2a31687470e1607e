import { Problem } from "../problem.ts";
import type { RouteTable } from "./route-table.ts";

/**
 * Refuses a query parameter that its route does not know: ignored, a misspelt one would answer
 * another question than was asked. What is asked without a query costs a look at its address.
 */
export function findUnknownParameter(routes: RouteTable, request: Request): Problem | null {
  if (!request.url.includes("?")) return null;
  const { pathname, searchParams } = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const known = routes.find(pathname)?.parameters.get(method);
  if (known === undefined || known === null) return null;
  const stranger = [...searchParams.keys()].find((name) => !known.has(name));
  if (stranger === undefined) return null;
  const taken = known.size === 0 ? "no parameters" : [...known].join(", ");
  const pointer = `/${stranger.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return new Problem("query.unknown_parameter", {
    detail: `Leave it out; the route takes ${taken}.`,
    errors: [{ pointer, detail: "not known" }],
  });
}
