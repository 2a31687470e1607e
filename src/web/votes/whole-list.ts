import type { VoteFilter } from "./local-rows.ts";
import type { RowFetcher } from "./fetched-rows.ts";
import type { VoteRow } from "./row-source.ts";

/** How far the reading of a whole list is. */
export interface ReadProgress {
  rows: number;
  rowsOf: number;
  bytes: number;
}

/** The votes are not what was signed, or what was signed is no outcome and no vote was read. */
export type WholeListFault = "votes" | "outcome";

/** A whole list in memory, elsewhere than on the thread that draws. */
export interface WholeList {
  /** Null where the verification has found nothing wrong. */
  fault: WholeListFault | null;
  /** The rows that a filter lets through: how many, and any of them by their place among those. */
  filter(filter: VoteFilter): Promise<FilteredList>;
  /** Frees its memory. */
  close(): void;
}

export interface FilteredList {
  size: number;
  rows(from: number, to: number): Promise<VoteRow[]>;
}

const rowsAtOnce = 256;
const chunksKept = 64;

/** Rows of a filtered list, fetched some hundred at a time. */
export class FilteredRows implements RowFetcher {
  readonly size: number;
  readonly #list: FilteredList;
  readonly #chunks = new Map<number, VoteRow[]>();

  constructor(list: FilteredList) {
    this.size = list.size;
    this.#list = list;
  }

  find(index: number): VoteRow | null {
    return this.#chunks.get(Math.floor(index / rowsAtOnce))?.[index % rowsAtOnce] ?? null;
  }

  async fetch(index: number): Promise<void> {
    const chunk = Math.floor(index / rowsAtOnce);
    const from = chunk * rowsAtOnce;
    const rows = await this.#list.rows(from, Math.min(this.size, from + rowsAtOnce));
    if (rows[index - from] === undefined) throw new Error("a filtered list has fewer rows");
    this.#chunks.delete(chunk);
    this.#chunks.set(chunk, rows);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= chunksKept) break;
      this.#chunks.delete(oldest);
    }
  }
}
