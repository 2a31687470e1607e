import { parseStrictly } from "../shared/strict-json.ts";
import { invariant } from "../shared/invariant.ts";
import { requireNewestVersion, versionOf } from "../shared/versioned.ts";
import type { ValueCode } from "./kept-value.ts";

/** A cell of a row; a blob is in base64. */
export type CellCode = null | number | string | { b: string };

/** One entry of a page: a table or index, a value by its key, or rows of a table. */
export type BackupEntry =
  | { schema: string }
  | { key: string; value: ValueCode }
  | { table: string; columns: string[]; rows: CellCode[][] };

/** Which page of which object in which backup; `dump` is one look at the object. */
export interface PagePlace {
  backup: string;
  object: string;
  dump: string;
  /** From 1 on. */
  page: number;
  isLast: boolean;
}

const pageForm = { name: "a page of a backup", version: 1 };

/** A page as text: a line that says what it is, and a line an entry. */
export function encodePage(place: PagePlace, lines: string): string {
  return `${JSON.stringify({ v: versionOf(pageForm), ...place })}\n${lines}`;
}

/**
 * What a page is of, and the lines of its entries. Its mac is to be checked before.
 * @throws {UnknownVersion} for the page of a newer release
 */
export function decodePage(text: string): { place: PagePlace; lines: string } {
  const end = text.indexOf("\n");
  const parsed = parseStrictly(text.slice(0, end));
  invariant("value" in parsed, "a page begins with what it is");
  // Written above and nowhere else, which its mac says.
  const { v, ...place } = parsed.value as PagePlace & { v: number };
  requireNewestVersion(pageForm, v);
  return { place, lines: text.slice(end + 1) };
}

export function encodePageEntry(entry: BackupEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries of a page, one after the other. */
export function* decodePageEntries(lines: string): Generator<BackupEntry> {
  for (const line of lines.split("\n")) {
    // Written by `encodePageEntry` and by nothing else, which the page's mac says.
    if (line !== "") yield JSON.parse(line) as BackupEntry;
  }
}
