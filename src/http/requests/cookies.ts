/**
 * The value of a request's cookie, or null where it has none or more than one of that name: which
 * of them counts is not for an order to say that nobody promises (RFC 6265, 5.4).
 */
export function cookieOf({ headers }: Request, name: string): string | null {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`));
  const [value] = values;
  return value === undefined || values.length > 1 ? null : value.slice(name.length + 1);
}
