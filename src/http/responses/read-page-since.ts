import type { SealedLists } from "../../ports/sealed-lists.ts";
import { bookmarkHeader } from "../contract/read-bookmark.ts";

interface AskedList {
  lists: SealedLists;
  request: { header(name: string): string | undefined };
}

type BookmarkHeaders = Partial<Record<typeof bookmarkHeader, string>>;

/** Reads a page that is no older than its reader's bookmark, with the headers of its answer. */
export async function readPageSince<Page>(
  { lists, request }: AskedList,
  read: Parameters<typeof lists.readSince<Page>>[1],
): Promise<{ page: Page; headers: BookmarkHeaders }> {
  const { value, bookmark } = await lists.readSince(request.header(bookmarkHeader) ?? null, read);
  return { page: value, headers: bookmark === null ? {} : { [bookmarkHeader]: bookmark } };
}
