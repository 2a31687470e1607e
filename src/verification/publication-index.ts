import { choices, type Choice } from "../ballot/ballot.ts";
import { fromHex, toHex } from "../shared/hex.ts";
import { limits } from "../shared/limits.ts";
import type { ListName } from "./finding.ts";
import { grown } from "./grown.ts";
import type { RowForm, PublishedRowReader } from "./row-reader.ts";

/** A row of a list, as it is shown. */
export interface IndexedRow {
  /** From 1 on. */
  number: number;
  hash: string;
  /** Null where the list has hashes alone. */
  choice: Choice | null;
  /** Both null where they are hidden. */
  region: string | null;
  weight: number | null;
  /** Of roll calls; `unread` where it is not kept in memory, else null. */
  note: RowNote | "unread" | null;
}

export interface RowNote {
  name: string | null;
  statement: string | null;
  accepted_at: string;
}

/** Which rows of the counted list are looked for. */
export interface RowFilter {
  choice?: Choice;
  region?: string;
}

/** No region has this number in the column. */
export const hiddenRegion = 65_535;
const rowsFirst = 1_024;
const utf8 = new TextDecoder();

/** Rows of a list, packed: 43 bytes each, beside names and statements of roll calls. */
export class ListColumns {
  readonly form: RowForm;
  size = 0;
  hashes = new Uint8Array(32 * rowsFirst);
  choices = new Uint8Array(rowsFirst);
  regions = new Uint16Array(rowsFirst);
  weights = new Float64Array(rowsFirst);
  #notes = new Uint8Array(0);
  /** Where the note of each row begins; a last one where that of the last row ends. */
  #noteStarts = new Float64Array(1);
  #notesKept = 0;
  #regionCodes: () => readonly string[];

  constructor(form: RowForm, regionCodes: () => readonly string[]) {
    this.form = form;
    this.#regionCodes = regionCodes;
  }

  get regionCodes(): readonly string[] {
    return this.#regionCodes();
  }

  /** Appends what was just read from `bytes`. */
  add(row: PublishedRowReader, bytes: Uint8Array): void {
    const { size } = this;
    this.hashes = grown(this.hashes, 32 * (size + 1));
    this.hashes.set(row.hash, 32 * size);
    this.size = size + 1;
    if (this.form === "hash") return;
    this.choices = grown(this.choices, size + 1);
    this.regions = grown(this.regions, size + 1);
    this.weights = grown(this.weights, size + 1);
    this.choices[size] = row.choice;
    this.regions[size] = row.isCellShown ? row.region : hiddenRegion;
    this.weights[size] = row.isCellShown ? row.weight : 0;
    if (this.form === "named") this.#keepNote(bytes, row.noteStart, row.noteEnd);
  }

  hashAt(index: number): string {
    return toHex(this.hashes.subarray(32 * index, 32 * index + 32));
  }

  /** Negative, zero or positive, as the hash of a row compares to these 32 bytes. */
  compare(index: number, hash: Uint8Array): number {
    for (let at = 0; at < 32; at += 1) {
      const order = (this.hashes[32 * index + at] ?? 0) - (hash[at] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  }

  note(index: number): RowNote | "unread" | null {
    if (this.form !== "named") return null;
    if (index >= this.#notesKept) return "unread";
    const [start, end] = [this.#noteStarts[index], this.#noteStarts[index + 1]];
    const text = utf8.decode(this.#notes.subarray(start, end));
    try {
      // The row's own members, in the form that the reader has seen.
      return JSON.parse(`{${text}}`) as RowNote;
    } catch {
      return { name: null, statement: null, accepted_at: "" };
    }
  }

  #keepNote(bytes: Uint8Array, start: number, end: number): void {
    const kept = this.#notesKept;
    // Those after the first that has no room are not kept either.
    if (kept !== this.size - 1) return;
    const from = this.#noteStarts[kept] ?? 0;
    const to = from + end - start;
    if (to > limits.verifiedNotesBytesMax) return;
    this.#notes = grown(this.#notes, to);
    this.#notes.set(bytes.subarray(start, end), from);
    this.#noteStarts = grown(this.#noteStarts, kept + 2);
    this.#noteStarts[kept + 1] = to;
    this.#notesKept = kept + 1;
  }
}

/** A publication in memory: what the list of votes shows, and where a receipt is looked up. */
export class PublicationIndex {
  readonly counted: ListColumns;
  readonly others: ListColumns;

  constructor(lists: Readonly<Record<ListName, ListColumns>>) {
    this.counted = lists.counted;
    this.others = lists.others;
  }

  /** Rows of a list by their indices, which begin with 0; those beyond it are left out. */
  rows(list: ListName, from: number, to: number): IndexedRow[] {
    const columns = this[list];
    const start = Math.max(0, Math.trunc(from));
    const end = Math.min(columns.size, Math.trunc(to));
    return Array.from({ length: Math.max(0, end - start) }, (_, offset) =>
      rowAt(columns, start + offset),
    );
  }

  /** Some rows of the counted list, by their indices, as `select` gave them. */
  rowsAt(indices: ArrayLike<number>): IndexedRow[] {
    const known = Array.from(indices).filter((index) => index >= 0 && index < this.counted.size);
    return known.map((index) => rowAt(this.counted, index));
  }

  /** The index of a hash in a list; null where it is not there. */
  find(list: ListName, hash: string): number | null {
    const columns = this[list];
    const wanted = fromHex(hash);
    let [from, to] = [0, columns.size - 1];
    while (from <= to) {
      const middle = (from + to) >>> 1;
      const order = columns.compare(middle, wanted);
      if (order === 0) return middle;
      if (order < 0) from = middle + 1;
      else to = middle - 1;
    }
    return null;
  }

  /** The indices of the counted rows of a region, a choice or both; all where neither is named. */
  select({ choice, region }: RowFilter): Uint32Array<ArrayBuffer> {
    const { size, choices: column, regions, regionCodes } = this.counted;
    const found = new Uint32Array(size);
    const choiceCode = choice === undefined ? null : choices.indexOf(choice);
    const regionCode = region === undefined ? null : regionCodes.indexOf(region);
    // A list of hashes has neither; a region that no row names is -1.
    if (this.counted.form === "hash" && (choiceCode !== null || regionCode !== null))
      return new Uint32Array(0);
    let count = 0;
    for (let index = 0; index < size; index += 1) {
      if (choiceCode !== null && column[index] !== choiceCode) continue;
      if (regionCode !== null && regions[index] !== regionCode) continue;
      found[count] = index;
      count += 1;
    }
    return found.slice(0, count);
  }
}

function rowAt(columns: ListColumns, index: number): IndexedRow {
  const row = { number: index + 1, hash: columns.hashAt(index) };
  if (columns.form === "hash")
    return { ...row, choice: null, region: null, weight: null, note: null };
  const region = columns.regions[index] ?? hiddenRegion;
  const isShown = region !== hiddenRegion;
  return {
    ...row,
    choice: choices[columns.choices[index] ?? 0] ?? null,
    region: isShown ? (columns.regionCodes[region] ?? null) : null,
    weight: isShown ? (columns.weights[index] ?? null) : null,
    note: columns.note(index),
  };
}
