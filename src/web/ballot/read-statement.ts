/** As the API has it: UTF-16 code units. */
export const statementCharactersMax = 2_000;

/** What of a text is sent: null where there is none, undefined where it is too long. */
export function readStatement(written: string): string | null | undefined {
  // Half a character, as some keyboards leave it, and U+0000 would be refused.
  const text = written.toWellFormed().replaceAll("\0", "").trim();
  if (text.length > statementCharactersMax) return undefined;
  return text === "" ? null : text;
}
