import type { PublishedVote, VotesPage } from "../contract.ts";
import type { RowFetcher } from "./fetched-rows.ts";
import { findInPages } from "./find-in-pages.ts";
import type { VoteRow } from "./row-source.ts";

/** A page is some 800 rows: 40 of them are a few megabytes. */
const pagesKept = 40;
/** As many as are kept: whoever looks for the next one with such a name reads nothing again. */
export const namedPagesMax = pagesKept;

/** Where a page begins and ends in its list, from 1 on; the end is the next page's beginning. */
interface PageSpan {
  page: number;
  first: number;
  end: number;
}

/** Reads a page of a list, from 1 on. */
export type ReadVotesPage = (page: number) => Promise<VotesPage>;

/**
 * The pages of a published list that were read so far. Pages have about as many rows as another, so
 * any row is found in two or three reads: nobody reads all that stands before it.
 */
export class PageShelf implements RowFetcher {
  readonly size: number;
  readonly #pages: number;
  readonly #readPage: ReadVotesPage;
  readonly #spans = new Map<number, PageSpan>();
  /** The page that came last stands last. */
  readonly #rows = new Map<number, VoteRow[]>();

  constructor({ size, pages }: Pick<VotesPage, "size" | "pages">, readPage: ReadVotesPage) {
    this.size = size;
    this.#pages = pages;
    this.#readPage = readPage;
  }

  find(index: number): VoteRow | null {
    for (const [page, rows] of this.#rows) {
      const row = rows[index + 1 - (this.#spans.get(page)?.first ?? 0)];
      if (row !== undefined) return row;
    }
    return null;
  }

  async fetch(index: number): Promise<void> {
    this.#put(await this.#readPage(this.#pageOf(index + 1)));
  }

  /** The row of the first hash that begins with these hexadecimal digits; null where there is none. */
  findHash(digits: string): Promise<VoteRow | null> {
    return findInPages(digits, {
      pages: this.#pages,
      readPage: async (page) => this.#rows.get(page) ?? this.#put(await this.#readPage(page)),
      hashOf: ({ hash }) => hash,
    });
  }

  /**
   * The first row after a number whose name a test lets through; null where there is none. Names are
   * in no order here: all pages before it are read, in a list of at most `namedPagesMax`.
   */
  async findName(
    isWanted: (name: string | null) => boolean,
    after: number,
  ): Promise<VoteRow | null> {
    for (let page = 1; page <= Math.min(this.#pages, namedPagesMax); page += 1) {
      const rows = this.#rows.get(page) ?? this.#put(await this.#readPage(page));
      const found = rows.find(({ number, name }) => number > after && isWanted(name));
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Whether names can be looked for: not in lists of hundreds of pages. */
  get hasFewPages(): boolean {
    return this.#pages <= namedPagesMax;
  }

  /** The page that a row is in, or must be near to. */
  #pageOf(number: number): number {
    let before: PageSpan = { page: 0, first: 1, end: 1 };
    let after: PageSpan = { page: this.#pages + 1, first: this.size + 1, end: this.size + 1 };
    for (const span of this.#spans.values()) {
      if (number >= span.first && number < span.end) return span.page;
      if (span.end <= number && span.page > before.page) before = span;
      if (span.first > number && span.page < after.page) after = span;
    }
    if (after.page - before.page < 2) throw new Error("The published pages contradict each other.");
    const part = (number - before.end) / Math.max(1, after.first - before.end);
    const guess = before.page + 1 + Math.floor(part * (after.page - before.page - 1));
    return Math.min(Math.max(before.page + 1, guess), after.page - 1);
  }

  #put({ page, first, items }: VotesPage): VoteRow[] {
    const rows = items.map((item, index) => rowOf(item, first + index));
    this.#spans.set(page, { page, first, end: first + rows.length });
    this.#rows.delete(page);
    this.#rows.set(page, rows);
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= pagesKept) break;
      this.#rows.delete(oldest);
    }
    return rows;
  }
}

/** A row as the list shows it: without what opens its hash. */
export function rowOf(item: PublishedVote, number: number): VoteRow {
  const { ballot_hash: hash, choice, region, weight, name, statement } = item;
  return {
    number,
    hash,
    choice: choice ?? null,
    region: region ?? null,
    weight: weight ?? null,
    name: name ?? null,
    statement: statement ?? null,
  };
}
