import { expect } from "vitest";
import { adminKey, api } from "./api.ts";

/** Files of a shared runtime leave more than a thousand decisions to one another. */
const pagesMax = 5_000;

/** Every item of a list, a page at a time as a client walks it, bounded so that a cursor which does not move fails instead of hanging. */
export async function walkPages<Item>(
  path: string,
  perPage: number,
  between: (seen: readonly Item[]) => Promise<unknown> = async () => {},
): Promise<Item[]> {
  const items: Item[] = [];
  let after = "";
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const joint = path.includes("?") ? "&" : "?";
    const answer = await api<{ items: Item[]; next: string | null }>(
      "GET",
      `${path}${joint}per_page=${perPage}${after}`,
      { key: adminKey },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.items.length).toBeLessThanOrEqual(perPage);
    items.push(...answer.body.items);
    if (answer.body.next === null) return items;
    after = `&after=${answer.body.next}`;
    await between(items);
  }
  throw new Error(`${path} has no last page`);
}
