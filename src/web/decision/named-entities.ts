/**
 * The character references that people write. The Markdown library's own decoder for browsers has
 * the browser parse markup, which Trusted Types refuse, and its whole table takes 13 kB; the build
 * puts this in its place. A name that is not here stays as it was written.
 */
const characters = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00A0"],
  ["shy", "\u00AD"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["middot", "·"],
  ["bull", "•"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["laquo", "«"],
  ["raquo", "»"],
  ["copy", "©"],
  ["reg", "®"],
  ["trade", "™"],
  ["sect", "§"],
  ["para", "¶"],
  ["deg", "°"],
  ["micro", "µ"],
  ["times", "×"],
  ["frac12", "½"],
  ["euro", "€"],
  ["pound", "£"],
  ["yen", "¥"],
]);

/** The character of a named reference, as `&amp;` has it between its signs. */
export function decodeEntity(name: string): string | undefined {
  return characters.get(name);
}

/** The library exports its table, too; nobody reads it. */
export const NAMED_CODES_TO_UNICODE = {};
