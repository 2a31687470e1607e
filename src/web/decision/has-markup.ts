/** Marks of Markdown: emphasis, code, links, headings, quotes, tables, lists, and bare addresses. */
const markup = /[*_`[\]|]|~~|^\s{0,3}(?:#|>|[-+]\s|\d{1,9}[.)]\s)|:\/\/|mailto:/m;

/** Whether a text may hold Markdown at all; most descriptions are plain. */
export function hasMarkup(text: string): boolean {
  return markup.test(text);
}
