/** Whether every store keeps a text as it is: in Postgres text has neither U+0000 nor half of a surrogate pair. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
