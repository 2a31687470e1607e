import { matchPath } from "./match-path.ts";
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
