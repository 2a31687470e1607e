import { limits } from "./limits.ts";

export type StrictJson =
  | { value: unknown }
  | { refused: "not_json" | "duplicate_key" | "too_deep" };

/**
 * Parses JSON strictly: JSON.parse alone takes the last of two members of one name, so two readers
 * of one text could see different things (RFC 8259, 4). It also takes a text nested as deep as it
 * is long (RFC 8259, 9), at which whatever recurses later would run out of stack.
 */
export function parseStrictly(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: "not_json" };
  }
  const members = countMembers(value);
  if (members === null) return { refused: "too_deep" };
  return countNames(text) === members ? { value } : { refused: "duplicate_key" };
}

/**
 * Strings before a colon: in valid JSON those are the names of members, as many as there are
 * members unless one stands twice.
 */
function countNames(text: string): number {
  let names = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== quoteCode) continue;
    at = endOfString(text, at);
    let next = at + 1;
    while (text.charCodeAt(next) <= spaceCode) next += 1;
    if (text.charCodeAt(next) === colonCode) names += 1;
  }
  return names;
}

const spaceCode = 0x20;
const quoteCode = 0x22;
const colonCode = 0x3a;
const backslashCode = 0x5c;

/** Where the string that opens at `open` closes: the next quote that no backslash escapes. */
function endOfString(text: string, open: number): number {
  let at = open + 1;
  for (let code = text.charCodeAt(at); code !== quoteCode; code = text.charCodeAt(at)) {
    at += code === backslashCode ? 2 : 1;
  }
  return at;
}

/** Level by level, so without recursion; null where there are more levels than are taken. */
function countMembers(value: unknown): number | null {
  let members = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: unknown[] = [];
    for (const next of level) {
      if (typeof next !== "object" || next === null) continue;
      if (depth === limits.jsonDepthMax) return null;
      const inner: unknown[] = Array.isArray(next) ? next : Object.values(next);
      if (!Array.isArray(next)) members += inner.length;
      for (const one of inner) if (typeof one === "object") below.push(one);
    }
    level = below;
  }
  return members;
}
