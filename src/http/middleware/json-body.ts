import { createMiddleware } from "hono/factory";
import { readBounded } from "../../shared/bounded-text.ts";
import { parseStrictly } from "../../shared/strict-json.ts";
import { Problem } from "../problem.ts";
import { checkEncoding } from "../requests/body-encoding.ts";

// No blank before a parameter: the validators of the routes take none there either.
const jsonTypes = /^application\/json(;|$)/i;
/** GeoJSON, under its own type or that of any JSON. */
export const geoJsonTypes = /^application\/(geo\+)?json(;|$)/i;

/** Reads a JSON body as `readJson` does, for the schema's validator of a route. */
export function jsonBody(bytesMax: number, types: RegExp = jsonTypes) {
  return createMiddleware<object>(async (c, next) => {
    const value = await readJson(c.req.raw, bytesMax, types);
    // The validator asks the request for its JSON, and gets the value that was checked here.
    Reflect.set(c.req, "json", async () => value);
    await next();
  });
}

/** The same where a body may be left out, with a content type or without one. */
export function optionalJsonBody(bytesMax: number) {
  const read = jsonBody(bytesMax);
  return createMiddleware<object>((c, next) => {
    if (c.req.header("content-type") === undefined) return next();
    const isEmpty = c.req.raw.body === null || c.req.header("content-length") === "0";
    if (!isEmpty) return read(c, next);
    Reflect.set(c.req, "json", async () => ({}));
    return next();
  });
}

/**
 * Reads a JSON body of at most `bytesMax` once, strictly. JSON.parse takes the last of two members
 * of one name, so two readers of one body could see different votes (RFC 8259, 4).
 * @throws {Problem} body.unsupported_type, body.unsupported_encoding, body.too_large, body.not_json,
 * body.too_deep, body.duplicate_key
 */
export async function readJson(
  request: Request,
  bytesMax: number,
  types: RegExp = jsonTypes,
): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!types.test(type)) throw new Problem("body.unsupported_type");
  checkEncoding(request.headers);
  const parsed = parseStrictly(await readText(request, bytesMax));
  if ("refused" in parsed) throw new Problem(`body.${parsed.refused}`);
  return parsed.value;
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > bytesMax) throw tooLarge(bytesMax);
  // A stated length bounds the body; only a body without one is measured while it streams.
  const text = length === null ? await readBounded(request.body, bytesMax) : await request.text();
  if (text === null) throw tooLarge(bytesMax);
  // What is not UTF-8 was decoded to U+FFFD: let through, it could make two voters one.
  if (text.includes("\uFFFD")) {
    throw new Problem("body.not_json", { detail: "Send UTF-8, without U+FFFD in it." });
  }
  return text;
}

function tooLarge(bytesMax: number): Problem {
  const detail = `Send at most ${bytesMax} bytes a request: fewer or shorter items.`;
  return new Problem("body.too_large", { detail });
}
