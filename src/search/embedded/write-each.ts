import { describeCause } from "../../shared/loggable-error.ts";
import type { DecisionDocument } from "../decision-document.ts";
import { type BallotPage, IndexRejected } from "../search.ts";

/**
 * Writes all at once, and one by one where the database refuses something of it.
 * @throws {IndexRejected} for what it refuses by itself
 */
export async function writeEach<Item>(
  items: readonly Item[],
  write: (items: readonly Item[]) => Promise<void>,
  {
    keyOf,
    isRejection,
  }: { keyOf: (item: Item) => string; isRejection: (error: unknown) => boolean },
): Promise<void> {
  if (items.length === 0) return;
  try {
    return await write(items);
  } catch (error) {
    if (!isRejection(error)) throw error;
  }
  const rejected: { key: string; cause: string }[] = [];
  for (const item of items) {
    try {
      await write([item]);
    } catch (error) {
      if (!isRejection(error)) throw error;
      rejected.push({ key: keyOf(item), cause: describeCause(error) });
    }
  }
  if (rejected.length > 0) throw new IndexRejected(rejected);
}

/** The newest of each decision: a statement may meet each once. */
export function newestOf(documents: readonly DecisionDocument[]): DecisionDocument[] {
  const newest = new Map<string, DecisionDocument>();
  for (const document of documents) {
    const known = newest.get(document.id);
    if (known === undefined || document.version > known.version) newest.set(document.id, document);
  }
  return [...newest.values()];
}

export function keyOfPage({ decisionId, page }: BallotPage): string {
  return `${decisionId}:${page}`;
}

export function eachPageOnce(pages: readonly BallotPage[]): BallotPage[] {
  return [...new Map(pages.map((page) => [keyOfPage(page), page])).values()];
}
