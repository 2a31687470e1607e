/** One policy for a browser that meets an answer of the API: it is data, for this origin alone. */
const securityHeaders = [
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-resource-policy", "same-origin"],
  ["strict-transport-security", "max-age=31536000; includeSubDomains"],
  ["x-content-type-options", "nosniff"],
] as const;

/** Headers that need no completing: an answer that copies them costs half as much. */
export function completeHeaders(own: Readonly<Record<string, string>>): Headers {
  return new Headers([
    ...securityHeaders.map(([name, value]) => [name, value]),
    ...Object.entries(own),
  ]);
}

/** Headers of a JSON answer that nobody may keep. */
export const completeJsonHeaders = completeHeaders({
  "cache-control": "no-store",
  "content-type": "application/json",
});

/**
 * Completes the headers of an answer, whose own stand. What says nothing of caches is kept by none:
 * most of it needed a credential.
 */
export function withAnswerHeaders(answer: Response): Response {
  // An accepted upgrade is no document, and its headers are the platform's.
  if (answer.status === 101) return answer;
  const { headers } = answer;
  if (headers.has("x-content-type-options")) return answer;
  for (const [name, value] of securityHeaders) headers.set(name, value);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return answer;
}
