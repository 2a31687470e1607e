import { Buffer } from "node:buffer";
import { Problem } from "./problem.ts";

type Kinds = { number: number; string: string };

/** A keyset cursor as opaque text: base64url of the key's JSON. */
export function encodeCursor(key: Record<string, number | string> | string | null): string | null {
  return key === null ? null : Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key in a cursor of ours. @throws {Problem} query.invalid for any other text */
export function decodeCursor<const Shape extends Record<string, keyof Kinds>>(
  text: string | undefined,
  shape: Shape,
): { [Key in keyof Shape]: Kinds[Shape[Key]] } | null {
  if (text === undefined) return null;
  const key = parse(text);
  const isOurs =
    typeof key === "object" &&
    key !== null &&
    Object.entries(shape).every(([name, type]) => typeof Reflect.get(key, name) === type);
  if (!isOurs) throw foreignCursor();
  // Every member was checked against its type just above.
  return key as { [Key in keyof Shape]: Kinds[Shape[Key]] };
}

/** The text in a cursor that holds one. @throws {Problem} query.invalid for any other */
export function decodeTextCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  const key = parse(text);
  if (typeof key !== "string") throw foreignCursor();
  return key;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw foreignCursor();
  }
}

function foreignCursor(): Problem {
  const detail = "Give `next` of an earlier page as it stands, or leave it out.";
  return new Problem("query.invalid", { errors: [{ pointer: "/after", detail }] });
}
