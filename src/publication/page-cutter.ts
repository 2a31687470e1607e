/** A page of a list: its number from 1 on, and its rows with a line feed after each. */
export type PageText = { page: number; rows: string };

/**
 * Cuts rows into pages of at most so many characters, each of three bytes of UTF-8 at most (a pair
 * of surrogates has four). A longer row is a page of its own. It goes on from a last page that may not be
 * full, so where a page ends depends on the rows alone.
 */
export class PageCutter {
  readonly #charactersMax: number;
  #page: number;
  #rows: string[];
  #characters: number;
  /** Full pages that were not taken yet. */
  #full: PageText[] = [];

  constructor(charactersMax: number, last: PageText = { page: 1, rows: "" }) {
    this.#charactersMax = charactersMax;
    this.#page = last.page;
    this.#rows = last.rows === "" ? [] : [last.rows];
    this.#characters = last.rows.length;
  }

  /** How many pages there are by now: an empty list has one without rows. */
  get pages(): number {
    return this.#page;
  }

  add(row: string): void {
    const characters = row.length + 1;
    if (this.#characters > 0 && this.#characters + characters > this.#charactersMax) {
      this.#full.push({ page: this.#page, rows: this.#rows.join("") });
      this.#page += 1;
      this.#rows = [];
      this.#characters = 0;
    }
    this.#rows.push(`${row}\n`);
    this.#characters += characters;
  }

  /** The pages that were filled since they were last taken, and the one that is open. */
  take(): PageText[] {
    const pages = [...this.#full, { page: this.#page, rows: this.#rows.join("") }];
    this.#full = [];
    return pages;
  }
}
