/**
 * Whether a request is known to come from a page of this origin. Browsers say so in Sec-Fetch-Site,
 * or in Origin where they are old or the site has no TLS; no page can set either. Who says nothing
 * is no browser with a cookie.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return request.headers.get("origin") === new URL(request.url).origin;
}

/** Whether a request is known to come from elsewhere; what no browser sent says nothing of it. */
export function isCrossOrigin(request: Request): boolean {
  const isTold = request.headers.has("sec-fetch-site") || request.headers.has("origin");
  return isTold && !isSameOrigin(request);
}
