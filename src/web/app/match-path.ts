/**
 * The parts that a pattern like "/decisions/:id" or "/organise/*?" names; null where the path has
 * another form. It is as strict as wouter, which routes in the browser: upper case is lower case, one
 * slash may follow, and two slashes are no slash.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const names = [...pattern.matchAll(/:(\w+)|\*/g)].map(([all, name]) => name ?? all);
  const source = pattern
    .replace(/\/$/, "")
    .replaceAll(/\/\*\?|\/:\w+/g, (part) => (part === "/*?" ? "(?:/(.*))?" : "/([^/]+?)"));
  const found = new RegExp(`^${source}/?$`, "i").exec(path);
  if (found === null) return null;
  return Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? "")]));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
