import { createMiddleware } from "hono/factory";
import { parseAccept } from "hono/utils/accept";
import { limits } from "../../shared/limits.ts";

// Cloudflare's edge compresses these (developers.cloudflare.com, "Content compression").
const compressedByEdge = new Set(["application/json", "application/problem+json", "text/csv"]);
const leftByEdge = new Set(["application/x-ndjson"]);

/**
 * Gzip for bodies over 1,000 bytes, where the platform does not do it: at the edge, known by
 * CF-Ray, that is NDJSON alone; bare workerd compresses nothing. Exports have no known length and
 * are compressed as they stream.
 */
export const compressBodies = createMiddleware(async (c, next) => {
  await next();
  if (!acceptsGzip(acceptedBy(c.req.raw))) return;
  const { body, status } = c.res;
  const type = c.res.headers.get("content-type")?.split(";")[0] ?? "";
  const isEdge = isAtEdge(c.req.raw);
  const isOurs = leftByEdge.has(type) || (!isEdge && compressedByEdge.has(type));
  if (body === null || !isOurs) return;

  const headers = new Headers(c.res.headers);
  headers.append("vary", "accept-encoding");
  const isStreamed = headers.has("content-disposition");
  const whole = isStreamed ? null : await c.res.arrayBuffer();
  if (whole !== null && whole.byteLength <= limits.gzipBytesMin) {
    c.res = new Response(whole, { status, headers });
    return;
  }
  headers.set("content-encoding", "gzip");
  const plain = whole === null ? body : new Blob([whole]).stream();
  c.res = new Response(plain.pipeThrough(new CompressionStream("gzip")), {
    status,
    headers,
    encodeBody: "manual",
  });
});

/** Whether a JSON body goes out to this client as it is written. */
export function leavesJsonAsItIs(request: Request): boolean {
  return isAtEdge(request) || !acceptsGzip(acceptedBy(request));
}

function isAtEdge({ headers }: Request): boolean {
  return headers.has("cf-ray");
}

/**
 * What the client accepts. The platform puts its own wishes into the header and the client's aside
 * (developers.cloudflare.com, "Request: cf.clientAcceptEncoding"), and so does `wrangler dev`.
 */
function acceptedBy({ headers, cf }: Request): string | undefined {
  const asked = cf?.["clientAcceptEncoding"];
  return typeof asked === "string" ? asked : (headers.get("accept-encoding") ?? undefined);
}

/** Whether gzip is acceptable: by its own weight, else by that of `*` (RFC 9110, 12.5.3). */
function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false;
  const weightOf = (coding: string) =>
    parseAccept(header).find(({ type }) => type.toLowerCase() === coding)?.q;
  return (weightOf("gzip") ?? weightOf("*") ?? 0) > 0;
}
