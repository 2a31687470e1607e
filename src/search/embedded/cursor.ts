import { CursorRefused, type SearchCursor } from "../search.ts";

/** The last hit of a page: how well it was found, from 0 to 3, and where it stands among those. */
export interface HitPlace {
  tier: number;
  number: number;
}

export function cursorOf({ tier, number }: HitPlace): SearchCursor {
  return [tier, number];
}

/** @throws {CursorRefused} */
export function readCursor(cursor: SearchCursor): HitPlace {
  const [tier, number] = cursor;
  const isOurs = Number.isSafeInteger(tier) && Number.isSafeInteger(number);
  if (!isOurs || cursor.length !== 2) throw new CursorRefused();
  return { tier: Number(tier), number: Number(number) };
}
