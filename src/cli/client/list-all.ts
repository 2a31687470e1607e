const pageSize = 100;

/** Every item of a list of the API, page after page; `readPage` is given the query that asks for a page. */
export async function* listAll<T>(
  readPage: (query: string) => Promise<{ items: T[]; next: string | null }>,
): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const cursor: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const page: { items: T[]; next: string | null } = await readPage(
      `per_page=${pageSize}${cursor}`,
    );
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
