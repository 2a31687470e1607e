import type { PageText } from "../../src/publication/page-cutter.ts";
import {
  publicationLists,
  type PublicationList,
  type PublicationState,
} from "../../src/publication/publication-builder.ts";
import type { ShownCells } from "../../src/results/shown-cells.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";

/**
 * How far a room's publication is: the shards cut their ballots into so many buckets, these are
 * written one after another, and then the shards forget what they cut.
 */
export type PublicationProgress =
  | { stage: "cutting"; buckets: number }
  | { stage: "writing"; buckets: number; next: number; state: PublicationState }
  | { stage: "clearing"; state: PublicationState }
  | { stage: "written"; state: PublicationState };

/** Rows with a line feed after each, and the number of the first in its list, from 1 on. */
type KeptPage = { first: number; rows: string };

const progressForm = { name: "a room's publication", version: 1 };
const cellsForm = { name: "the cells that a room shows", version: 1 };

/**
 * The pages of a room's publication, a row each, and how far it is. The tables are made with the
 * first progress, so that looking at a room writes nothing.
 */
export class PublicationStore {
  readonly #storage: SqliteStorage;

  constructor(storage: SqliteStorage) {
    this.#storage = storage;
  }

  /** Null until the decision is closed and its publication begun. */
  get progress(): PublicationProgress | null {
    // Written by this class and by nothing else, as are the cells.
    const kept = this.#storage.kv.get("publication") as Versioned<PublicationProgress> | undefined;
    return kept === undefined ? null : withoutVersion(progressForm, kept);
  }

  begin(buckets: number): PublicationProgress {
    const progress: PublicationProgress = { stage: "cutting", buckets };
    this.#storage.transactionSync(() => {
      for (const list of publicationLists)
        this.#storage.sql.exec(
          `CREATE TABLE ${tables[list]} (page INTEGER PRIMARY KEY, first INTEGER NOT NULL, rows TEXT NOT NULL)`,
        );
      this.#put(progress);
    });
    return progress;
  }

  /**
   * Keeps which cells are shown, once, and how many withdrawals stand, with the state that the first
   * bucket is added to.
   */
  keepCells(cells: ShownCells, withdrawals: number, progress: PublicationProgress): void {
    this.#storage.transactionSync(() => {
      this.#storage.kv.put("standing_withdrawals", withdrawals);
      this.#storage.kv.put("publication_cells", withVersion(cellsForm, cells));
      this.#put(progress);
    });
  }

  /** Which cells are shown; they are known before the first page is. */
  get cells(): ShownCells {
    const kept = this.#storage.kv.get("publication_cells") as Versioned<ShownCells> | undefined;
    invariant(kept !== undefined, "the shown cells are kept before any row is");
    return withoutVersion(cellsForm, kept);
  }

  /** Voters whose newest ballot took their vote back; known with the cells. */
  get standingWithdrawals(): number {
    const kept = this.#storage.kv.get("standing_withdrawals");
    invariant(typeof kept === "number", "the standing withdrawals are kept with the cells");
    return kept;
  }

  /** Keeps pages, new or longer than before, with the progress that they stand for. */
  keepPages(
    pages: Readonly<Record<PublicationList, readonly PageText[]>>,
    progress: PublicationProgress,
  ): void {
    this.#storage.transactionSync(() => {
      for (const list of publicationLists)
        for (const { page, rows } of pages[list])
          this.#storage.sql.exec(
            `INSERT INTO ${tables[list]} VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET rows = ?3`,
            page,
            this.#firstRowOf(list, page),
            rows,
          );
      this.#put(progress);
    });
  }

  keepProgress(progress: PublicationProgress): void {
    this.#put(progress);
  }

  /** A page; null where there is none of this number. */
  readPage(list: PublicationList, page: number): KeptPage | null {
    const [found] = this.#storage.sql
      .exec<KeptPage>(`SELECT first, rows FROM ${tables[list]} WHERE page = ?`, page)
      .toArray();
    return found ?? null;
  }

  /** The page before is full when this one is kept, so its rows are counted for good. */
  #firstRowOf(list: PublicationList, page: number): number {
    const before = page === 1 ? null : this.readPage(list, page - 1);
    return before === null ? 1 : before.first + countRows(before.rows);
  }

  /** Deletes what opens the hashes, in the caller's transaction; both lists stay. */
  forgetOpenings(): void {
    this.#storage.sql.exec(`DELETE FROM ${tables.openings}`);
  }

  #put(progress: PublicationProgress): void {
    this.#storage.kv.put("publication", withVersion(progressForm, progress));
  }
}

const tables: Readonly<Record<PublicationList, string>> = {
  counted: "published_counted",
  others: "published_others",
  openings: "published_openings",
};

function countRows(rows: string): number {
  let count = 0;
  for (let at = rows.indexOf("\n"); at >= 0; at = rows.indexOf("\n", at + 1)) count += 1;
  return count;
}
