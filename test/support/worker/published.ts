import { api } from "./api.ts";
import { eventually } from "./eventually.ts";

export type PublishedRow = {
  ballot_hash: string;
  choice?: string;
  k?: string;
  c?: string;
  u?: string | null;
  region?: string | null;
  weight?: number | null;
  name?: string | null;
  statement?: string | null;
  accepted_at?: string;
  list?: string;
};
export type PublishedPageBody = {
  page: number;
  pages: number;
  next: number | null;
  items: PublishedRow[];
};

/** Waits for the certificate of a decision that is closed. */
export async function certified(id: string): Promise<string> {
  await eventually(`the certificate of ${id}`, async () => {
    const { body } = await api<{ status: string }>("GET", `/api/v1/decisions/${id}`);
    return body.status === "certified" ? true : null;
  });
  return id;
}

/** All rows of a published list, page by page; `end` is what follows the decision's address. */
export async function publishedRows(
  id: string,
  end: string,
  key?: string,
): Promise<PublishedRow[]> {
  const rows: PublishedRow[] = [];
  for (let page: number | null = 1; page !== null;) {
    const path = `/api/v1/decisions/${id}/${end}?page=${page}`;
    const answer: { body: PublishedPageBody } = await api<PublishedPageBody>(
      "GET",
      path,
      key === undefined ? {} : { key },
    );
    rows.push(...answer.body.items);
    page = answer.body.next;
  }
  return rows;
}
