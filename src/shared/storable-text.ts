/** Whether every store keeps a text as it is: Postgres takes no U+0000 and no lone surrogate. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
