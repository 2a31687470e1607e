import { pageRoutes, type PageRoute } from "./routes.ts";

/** A route and the named parts of the path that it was found by. */
export type FoundPage = { route: PageRoute; params: Record<string, string> };

/** The route that shows a path; null where none does. */
export function findPage(path: string): FoundPage | null {
  for (const route of pageRoutes) {
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

/** The parts that a pattern like "/decisions/:id" names, decoded as wouter does. */
function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = decode(given[index] ?? "");
    if (segment.startsWith(":")) params[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return params;
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
