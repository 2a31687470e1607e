/** What somebody looks for in the list of votes. */
export type Wanted =
  | { kind: "number"; number: number }
  /** A number that the list does not have. */
  | { kind: "beyond"; number: number }
  /** The beginning of a hash, or all of it. */
  | { kind: "hash"; digits: string }
  /** A part of a voter's name, in a roll call. */
  | { kind: "name"; text: string };

/** What a list can be searched by. */
export interface SearchedList {
  size: number;
  hasNames: boolean;
}

const hashInReceipt = /(?:Ballot hash:|[#&]h=|"ballot_hash"\s*:\s*")\s*([0-9a-f]{64})/;
const fewestDigits = 6;

/**
 * Reads a number, a hash or its beginning, or a receipt in any of its forms; in a roll call anything
 * else with a letter is a part of a name. Null where it is none of them. Digits that are a number of
 * the list are that number; others may begin a hash.
 */
export function readWanted(text: string, { size, hasNames }: SearchedList): Wanted | null {
  const given = text.trim();
  const digits = hashInReceipt.exec(given)?.[1];
  if (digits !== undefined) return { kind: "hash", digits };
  const number = given.replaceAll(/[\s.,’'\u00a0\u202f]/g, "");
  const place = /^\d{1,9}$/.test(number) ? placeOf(Number(number), size) : null;
  if (place?.kind === "number") return place;
  const spelled = given.replaceAll(/[\s…]/g, "").toLowerCase();
  const isHash = /^[0-9a-f]{1,64}$/.test(spelled) && spelled.length >= fewestDigits;
  if (isHash) return { kind: "hash", digits: spelled };
  return hasNames && /\p{L}/u.test(given) ? { kind: "name", text: given } : place;
}

/** Reads a link's fragment, which names a vote by its number; null where it names none. */
export function readFragment(fragment: string, size: number): Wanted | null {
  const number = /^#vote=(\d{1,9})$/.exec(fragment)?.[1];
  return number === undefined ? null : placeOf(Number(number), size);
}

function placeOf(number: number, size: number): Wanted | null {
  if (number < 1) return null;
  return { kind: number <= size ? "number" : "beyond", number };
}
