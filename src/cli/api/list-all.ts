import { pagesOf } from "../../client/pages.ts";

const pageSize = 100;

/** Every item of a list of the API; `readPage` is given the query that asks for a page. */
export async function* listAll<T>(
  readPage: (query: { per_page: number; after?: string }) => Promise<{
    items: T[];
    next: string | null;
  }>,
): AsyncGenerator<T> {
  const pages = pagesOf((after: string | undefined) =>
    readPage(after === undefined ? { per_page: pageSize } : { per_page: pageSize, after }),
  );
  for await (const page of pages) yield* page.items;
}
