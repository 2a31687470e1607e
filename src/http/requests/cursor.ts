import { Buffer } from "node:buffer";
import { limits } from "../../shared/limits.ts";
import { isKeepable } from "../../shared/storable-text.ts";
import { Problem } from "../problem.ts";

type Kinds = { number: number; shard: number; string: string };

/** What a database can compare with. Any other value would fail there, as a 500. */
const fits: Record<keyof Kinds, (value: unknown) => boolean> = {
  number: isWhole,
  shard: (value) => isWhole(value) && value < limits.shardsMax,
  string: isText,
};

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
    Object.entries(shape).every(([name, kind]) => fits[kind](Reflect.get(key, name)));
  if (!isOurs) throw foreignCursor();
  // Every member was checked against its kind just above.
  return key as { [Key in keyof Shape]: Kinds[Shape[Key]] };
}

/** The text in a cursor that holds one. @throws {Problem} query.invalid for any other */
export function decodeTextCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  const key = parse(text);
  if (!isText(key)) throw foreignCursor();
  return key;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isText(value: unknown): value is string {
  return (
    typeof value === "string" && value.length <= limits.cursorTextCharactersMax && isKeepable(value)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw foreignCursor();
  }
}

/** What refuses a text that is no cursor of ours. */
export function foreignCursor(): Problem {
  const detail = "Give `next` of an earlier page as it stands, or leave it out.";
  return new Problem("query.invalid", { errors: [{ pointer: "/after", detail }] });
}
