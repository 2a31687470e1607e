/**
 * Reads a list of the API page by page, as far as its reader goes.
 * `readPage` is given the cursor that the page before ended with, and undefined for the first.
 */
export async function* pagesOf<Cursor, Page extends { next: Cursor | null }>(
  readPage: (after: Cursor | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let after: Cursor | undefined;
  for (;;) {
    const page = await readPage(after);
    yield page;
    if (page.next === null) return;
    after = page.next;
  }
}
