import { joiningTables } from "./joining-tables.ts";

/** What is allowed in its context alone: joiners, and a few marks and digits of some scripts. */
const contextual = /[\u200C-\u200D\u00B7\u0375\u05F3\u05F4\u30FB\u0660-\u0669\u06F0-\u06F9]/u;

const [virama, dual, left, right] = [
  characterClass(joiningTables.virama),
  characterClass(joiningTables.dual),
  characterClass(joiningTables.left),
  characterClass(joiningTables.right),
];
/** Joining_Type=Transparent, as ArabicShaping.txt derives it. */
const transparent = String.raw`[\p{Mn}\p{Me}]*`;

/** A joiner that changes how its neighbours are written (RFC 5892, A.1 and A.2). */
const joiner = new RegExp(
  String.raw`(?<=[${virama}])[\u200C\u200D]` +
    `|(?<=[${dual}${left}]${transparent})\\u200C(?=${transparent}[${right}${dual}])`,
  "gu",
);

/**
 * RFC 5892, A.3 to A.6: a middle dot between two l, a Greek numeral sign before Greek, Hebrew
 * punctuation after Hebrew. The l may be a capital: whether a text is valid must not depend on
 * whether its case is mapped.
 */
const mark =
  /(?<=[lL])\u00B7(?=[lL])|\u0375(?=\p{Script=Greek})|(?<=\p{Script=Hebrew})[\u05F3\u05F4]/gu;
const katakanaDot = "\u30FB";
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Whether all of a text that needs a context has it (RFC 5892, appendix A). */
export function isInContext(text: string): boolean {
  if (!contextual.test(text)) return true;
  const rest = withoutJoinersInContext(text).replace(mark, "");
  if (/[\u200C-\u200D\u00B7\u0375\u05F3\u05F4]/u.test(rest)) return false;
  if (rest.includes(katakanaDot) && !japanese.test(rest.replaceAll(katakanaDot, ""))) return false;
  // A.8 and A.9: Arabic-Indic digits of two kinds look alike.
  return !(/[\u0660-\u0669]/u.test(rest) && /[\u06F0-\u06F9]/u.test(rest));
}

/** A text without the joiners that stand where they change how it is written. */
export function withoutJoinersInContext(text: string): string {
  return text.replace(joiner, "");
}

/** Hexadecimal ranges as they stand within the brackets of a regular expression. */
function characterClass(ranges: string): string {
  return ranges.trim().split(/\s+/).map(escapeRange).join("");
}

function escapeRange(range: string): string {
  return range
    .split("-")
    .map((codePoint) => `\\u{${codePoint}}`)
    .join("-");
}
