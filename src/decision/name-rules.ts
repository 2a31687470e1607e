// Rules for texts that people read as names: of decisions, and of their regions.

/** Embeddings, overrides and isolates of direction (UAX 9, 2): they show a text in another order. */
const directionControl = /[\u202A-\u202E\u2066-\u2069]/;

/** Whether a text is shown in the order in which it is written. */
export function keepsDirection(text: string): boolean {
  return !directionControl.test(text);
}

/** Whether a text has no control characters, ends of lines included. */
export function isOneLine(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

/** Whether there is anything to be seen of a text. */
export function isVisible(text: string): boolean {
  return nameKey(text) !== "";
}

/**
 * Joiners and the zero-width space after a letter of a script that uses them: Khmer and Lao have no
 * blanks, and a virama that ends a word keeps its non-joiner.
 */
const invisibleInScript =
  /(?<=[\p{L}\p{M}])(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200B-\u200D]/gu;

/** Whether all that can't be seen of a text shapes the letters of its script, as in Khmer names. */
export function hidesNothing(text: string): boolean {
  return !/\p{Default_Ignorable_Code_Point}/u.test(text.replace(invisibleInScript, ""));
}

/**
 * What two names have in common that are the same but for case, width, blanks, dashes, apostrophes
 * and what can't be seen.
 */
export function nameKey(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, "")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[\u2018\u2019\u02BC\u055A]/gu, "'")
    .replace(/[\s\p{Zs}\u2800]+/gu, " ")
    .trim();
}

/** The first two of a list of names that are the same by their key, by place; null where none are. */
export function findTwinNames(names: readonly string[]): [first: number, second: number] | null {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const key = nameKey(name);
    const first = seen.get(key);
    if (first !== undefined) return [first, index];
    seen.set(key, index);
  }
  return null;
}
