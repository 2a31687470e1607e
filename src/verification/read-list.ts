import { limits } from "../shared/limits.ts";
import { MerkleTree } from "../publication/merkle-tree.ts";
import type { FindingList, ListName } from "./finding.ts";
import { LineReader } from "./line-reader.ts";
import { ListColumns } from "./publication-index.ts";
import { RowHasher } from "./row-hasher.ts";
import { PublishedRowReader, type RowForm } from "./row-reader.ts";

/** How far a verification is. */
export interface VerificationProgress {
  phase: "documents" | ListName | "counting" | "rule";
  /** Of this list. */
  rows: number;
  rowsOf: number;
  /** Of both lists together. */
  bytes: number;
}

/** What a list is read with. */
export interface ListReading {
  list: ListName;
  decisionId: string;
  form: RowForm;
  /** Regions that a row may name; null where nobody knows. */
  regions: ReadonlySet<string> | null;
  /** Whether the rows themselves are hashed too: those of roll calls. */
  hasRowsRoot: boolean;
  /** As the outcome says. */
  size: number;
  findings: FindingList;
  signal?: AbortSignal | undefined;
  /** Is told of rows and of bytes of this list. */
  onRows?: ((rows: number, bytes: number) => void) | undefined;
}

/** A list that was read whole. */
export interface ReadList {
  columns: ListColumns;
  /** Of the hashes, in hexadecimal digits. */
  root: string;
  rowsRoot: string;
  bytes: number;
  /** Rows whose hash was made again, and those whose region and weight were opened. */
  hashed: number;
  opened: number;
}

/**
 * Reads an export row by row, makes each hash again and holds the order; between every few thousand
 * rows it gives way, so that a worker hears a cancelling.
 */
export async function readList(
  stream: ReadableStream<Uint8Array>,
  reading: ListReading,
): Promise<ReadList> {
  const { signal, onRows } = reading;
  const pass = new ListPass(reading);
  const lines = new LineReader((bytes, start, end) => pass.row(bytes, start, end));
  const reader = stream.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      for (let at = 0; at < value.length;) {
        const left = limits.verifiedRowsABreak - (pass.rows % limits.verifiedRowsABreak);
        at = lines.add(value, at, left);
        signal?.throwIfAborted();
        if (pass.rows % limits.verifiedRowsABreak !== 0) continue;
        onRows?.(pass.rows, bytes);
        await breathe();
      }
    }
  } finally {
    // A stream that has ended has nothing to cancel; one that failed has said so already.
    await reader.cancel().catch(() => {});
  }
  signal?.throwIfAborted();
  if (lines.isCut) pass.malformed("a row and its line feed", "the file ends within a row");
  onRows?.(pass.rows, bytes);
  return pass.end(bytes);
}

/** Lets messages and timers have their turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

class ListPass {
  readonly #reading: ListReading;
  readonly #row = new PublishedRowReader();
  readonly #hasher: RowHasher;
  readonly #columns: ListColumns;
  readonly #tree = new MerkleTree();
  readonly #rowsTree = new MerkleTree();
  #hashed = 0;
  #opened = 0;
  rows = 0;

  constructor(reading: ListReading) {
    this.#reading = reading;
    this.#hasher = new RowHasher(reading.decisionId);
    this.#columns = new ListColumns(reading.form, () => this.#row.regions.codes);
  }

  row(bytes: Uint8Array, start: number, end: number): void {
    const { form, findings, list, hasRowsRoot } = this.#reading;
    const row = this.#row;
    this.rows += 1;
    if (hasRowsRoot) this.#rowsTree.add(bytes.subarray(start, end));
    if (!row.read(bytes, start, end, form)) {
      this.malformed(`a row of the form "${form}"`, quoted(bytes, start, end));
      return;
    }
    if (this.#columns.size >= limits.verifiedRowsMax) throw new RangeError("too many rows");
    this.#checkOrder(row);
    this.#columns.add(row, bytes);
    this.#tree.add(row.hash);
    if (form === "hash") return;
    const place = () => ({
      list,
      row: this.rows,
      hash: this.#columns.hashAt(this.#columns.size - 1),
    });
    this.#hashed += 1;
    if (!this.#hasher.isBallotHash(row))
      findings.add("ballot.hash", "the hash of its choice, k and c", "another hash", place());
    if (!row.isCellShown) return;
    this.#opened += 1;
    if (!this.#hasher.isCell(row))
      findings.add("ballot.cell", "c of its u, region and weight", "another c", place());
    const { regions } = this.#reading;
    const code = row.regions.codeOf(row.region);
    if (regions !== null && !regions.has(code))
      findings.add("ballot.region", "a region of the decision", JSON.stringify(code), place());
  }

  malformed(expected: string, actual: string): void {
    const { list, findings } = this.#reading;
    findings.add("row.malformed", expected, actual, { list, row: this.rows });
  }

  end(bytes: number): ReadList {
    const [hashed, opened] = [this.#hashed, this.#opened];
    const [root, rowsRoot] = [this.#tree.root, this.#rowsTree.root];
    return { columns: this.#columns, root, rowsRoot, bytes, hashed, opened };
  }

  #checkOrder({ hash }: PublishedRowReader): void {
    const { list, findings } = this.#reading;
    const { size } = this.#columns;
    const order = size === 0 ? -1 : this.#columns.compare(size - 1, hash);
    if (order < 0) return;
    const before = this.#columns.hashAt(size - 1);
    const place = { list, row: this.rows };
    if (order === 0) findings.add("list.duplicate", "each hash once", before, place);
    else findings.add("list.order", `a hash above ${before}`, "a smaller one", place);
  }
}

const lossyUtf8 = new TextDecoder();

function quoted(bytes: Uint8Array, start: number, end: number): string {
  return JSON.stringify(lossyUtf8.decode(bytes.subarray(start, Math.min(end, start + 120))));
}

/** Whether two ascending lists have a hash in common: gives the first, or null. */
export function findOverlap(some: ListColumns, others: ListColumns): number | null {
  const wanted = new Uint8Array(32);
  let [left, right] = [0, 0];
  while (left < some.size && right < others.size) {
    wanted.set(others.hashes.subarray(32 * right, 32 * right + 32));
    const order = some.compare(left, wanted);
    if (order === 0) return left;
    if (order < 0) left += 1;
    else right += 1;
  }
  return null;
}
