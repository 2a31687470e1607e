/** Groups of three digits as languages part them, also by blanks that do not break. */
const grouped = /^\p{Nd}{1,3}(?:[\s,.’'٬\u00A0\u202F]\p{Nd}{3})+$/u;

/**
 * A whole number as somebody types it: in digits of any script, in groups or not; null where it is
 * none, or longer than 15 digits. "1,5" is none: nobody knows what was meant.
 */
export function readFigure(typed: string): number | null {
  const text = typed.trim().normalize("NFKC");
  if (!grouped.test(text) && !/^\p{Nd}+$/u.test(text)) return null;
  const digits = (text.match(/\p{Nd}/gu) ?? []).map(digitOf);
  return digits.length > 15 ? null : Number(digits.join(""));
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}

/** Scripts have their ten digits one after another, from nought on. */
function digitOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  let digit = 0;
  while (digit < 9 && isDigit(String.fromCodePoint(code - digit - 1))) digit += 1;
  return digit;
}
