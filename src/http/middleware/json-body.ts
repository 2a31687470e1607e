import { createMiddleware } from "hono/factory";
import { Problem } from "../problem.ts";

/** Reads a JSON body as `readJson` does, for the schema's validator of a route. */
export function jsonBody(bytesMax: number) {
  return createMiddleware(async (c, next) => {
    const value = await readJson(c.req.raw, bytesMax);
    // The validator asks the request for its JSON, and gets the value that was checked here.
    Reflect.set(c.req, "json", async () => value);
    await next();
  });
}

/**
 * Reads a JSON body of at most `bytesMax` once, strictly: JSON.parse alone takes the last of two members of one name, so two readers of
 * one body could see different votes (RFC 8259, 4).
 * @throws {Problem} body.unsupported_type, body.too_large, body.not_json, body.duplicate_key
 */
export async function readJson(request: Request, bytesMax: number): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Problem("body.unsupported_type");
  return parseStrictly(await readText(request, bytesMax));
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > bytesMax) throw tooLarge(bytesMax);
  // A stated length bounds the body; only a body without one is measured while it streams.
  const text = length === null ? await readBounded(request, bytesMax) : await request.text();
  // What is not UTF-8 was decoded to U+FFFD: let through, it could make two voters one.
  if (text.includes("\uFFFD")) {
    throw new Problem("body.not_json", { detail: "Send UTF-8, without U+FFFD in it." });
  }
  return text;
}

async function readBounded(request: Request, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(bytesMax: number): Problem {
  const detail = `Send at most ${bytesMax} bytes a request: fewer or shorter items.`;
  return new Problem("body.too_large", { detail });
}

function parseStrictly(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("body.not_json");
  }
  if (countNames(text) !== countMembers(value)) throw new Problem("body.duplicate_key");
  return value;
}

/** Strings before a colon: in valid JSON those are the names of members, as many as there are members unless one stands twice. */
function countNames(text: string): number {
  let names = 0;
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', open + 1)) {
    open = endOfString(text, open);
    let next = open + 1;
    while (text.charCodeAt(next) <= spaceCode) next += 1;
    if (text.charCodeAt(next) === colonCode) names += 1;
  }
  return names;
}

const spaceCode = 0x20;
const colonCode = 0x3a;
const backslashCode = 0x5c;

/** Where the string that opens at `open` closes: the next quote after an even number of backslashes. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === backslashCode) backslashes += 1;
    if (backslashes % 2 === 0) return close;
  }
}

/** Without recursion: a body may be nested as deep as it is long. */
function countMembers(value: unknown): number {
  const left: unknown[] = [value];
  let members = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== "object" || next === null) continue;
    const inner: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) members += inner.length;
    for (const one of inner) if (typeof one === "object") left.push(one);
  }
  return members;
}
