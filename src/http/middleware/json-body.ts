import { createMiddleware } from "hono/factory";
import { Problem } from "../problem.ts";

/**
 * Reads a JSON body of at most `bytesMax` once, strictly: JSON.parse alone takes the last of two members of one name, so two readers of one body could see different votes (RFC 8259, 4).
 */
export function jsonBody(bytesMax: number) {
  return createMiddleware(async (c, next) => {
    const type = c.req.header("content-type") ?? "";
    if (!/^application\/json\s*(;|$)/i.test(type)) throw new Problem("body.unsupported_type");
    const text = await readText(c.req.raw, bytesMax);
    const value = parseStrictly(text);
    // The schema's validator asks the request for its JSON, and gets the value that was checked here.
    Reflect.set(c.req, "json", async () => value);
    await next();
  });
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

/** In valid JSON a string before a colon is a member's name, so there are as many of them as members unless one stands twice. */
const memberNames = /"(?:[^"\\]|\\.)*"\s*(:)?/g;

function parseStrictly(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("body.not_json");
  }
  let names = 0;
  for (const match of text.matchAll(memberNames)) if (match[1] !== undefined) names += 1;
  if (names !== countMembers(value)) throw new Problem("body.duplicate_key");
  return value;
}

/** Without recursion: a body may be nested as deep as it is long. */
function countMembers(value: unknown): number {
  const left: unknown[] = [value];
  let members = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== "object" || next === null) continue;
    const inner: unknown[] = Object.values(next);
    if (!Array.isArray(next)) members += inner.length;
    for (const one of inner) left.push(one);
  }
  return members;
}
