import { CursorRefused, type SearchCursor } from "../search.ts";

/** The last hit of a page, in the order in which hits are found. */
export interface HitPlace {
  /** A whole number: more is better; 0 where there are no words. */
  score: number;
  opensAt: number;
  id: string;
}

export function cursorOf({ score, opensAt, id }: HitPlace): SearchCursor {
  return [score, opensAt, id];
}

/** @throws {CursorRefused} */
export function readCursor(cursor: SearchCursor): HitPlace {
  const [score, opensAt, id] = cursor;
  const isOurs = Number.isSafeInteger(score) && Number.isSafeInteger(opensAt);
  if (!isOurs || typeof id !== "string" || cursor.length !== 3) throw new CursorRefused();
  return { score: Number(score), opensAt: Number(opensAt), id };
}
