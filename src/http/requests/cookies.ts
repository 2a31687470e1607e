/**
 * The value of a request's cookie, or null where it has none or more than one of that name: which
 * of them counts is not for an order to say that nobody promises (RFC 6265, 5.4). Blanks and tabs
 * alone stand before a name: with more of what `trim` takes, names that any host of the domain can
 * set would pass for those that `__Host-` keeps to this one.
 */
export function cookieOf({ headers }: Request, name: string): string | null {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.replace(/^[ \t]+/, ""));
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`));
  const [value] = values;
  return value === undefined || values.length > 1 ? null : value.slice(name.length + 1);
}
