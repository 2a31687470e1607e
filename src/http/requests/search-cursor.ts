import { Buffer } from "node:buffer";
import type { NameMacs } from "../../auth/name-macs.ts";
import type { DecisionQuery, SearchCursor } from "../../search/search.ts";
import { foreignCursor } from "./cursor.ts";

/** What was asked; its pages follow one another. */
type Question = Pick<DecisionQuery, "words" | "filters">;

/** Where a page begins, and how many hits stand before it. */
export interface SearchPlace {
  position: SearchCursor;
  hits: number;
}

/**
 * Cursors of searches, each with a mac of what was asked: an index gets back what it gave, and for
 * the same question, whoever sends it.
 */
export function encodeSearchCursor(macs: NameMacs, question: Question, place: SearchPlace): string {
  const { position, hits } = place;
  const mac = macs.sign(nameOf(question, place));
  return Buffer.from(JSON.stringify([mac, hits, ...position])).toString("base64url");
}

/** @throws {Problem} query.invalid for any other text, and for a cursor of another question */
export function decodeSearchCursor(
  macs: NameMacs,
  question: Question,
  text: string | undefined,
): SearchPlace | null {
  if (text === undefined) return null;
  const parts = parse(text);
  if (!Array.isArray(parts)) throw foreignCursor();
  const [mac, hits, ...position]: unknown[] = parts;
  if (typeof mac !== "string" || typeof hits !== "number" || !isPosition(position))
    throw foreignCursor();
  const place = { position, hits };
  if (!macs.verify(nameOf(question, place), mac)) throw foreignCursor();
  return place;
}

function nameOf({ words, filters }: Question, { position, hits }: SearchPlace): string {
  const asked = Object.entries(filters).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([words, asked, hits, position]);
}

function isPosition(values: readonly unknown[]): values is SearchCursor {
  return values.every((value) => typeof value === "string" || typeof value === "number");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw foreignCursor();
  }
}
