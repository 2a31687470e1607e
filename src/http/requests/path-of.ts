/** The path of a request's address without parsing all of it: this is on the way of each vote. */
export function pathOf(url: string): string {
  const from = url.indexOf("/", url.indexOf("://") + 3);
  if (from === -1) return "/";
  const end = url.indexOf("?", from);
  return end === -1 ? url.slice(from) : url.slice(from, end);
}
