import { limits } from "../../../../shared/limits.ts";
import { utf8Bytes } from "../../../../shared/utf8-bytes.ts";
import type { RowFields } from "../../../../roll/csv-rows.ts";
import type { FileRows, SourceRow } from "../file/source-row.ts";
import type { ReadFields } from "../check/read-fields.ts";
import type { ColumnMapping } from "../columns.ts";

/** A piece of a roll as it is uploaded. */
export interface RollPieceText {
  /** From 0. */
  piece: number;
  /** CSV with a heading of its own. */
  text: string;
  /** The line of the organiser's file that its first row stood in. */
  firstLine: number;
  rows: number;
  /** Which share of the file is read with it, in 0 to 1. */
  share: number;
}

/** What pieces are made of. */
export interface PieceOrder {
  readFields: ReadFields;
  columns: ColumnMapping;
  hasRegions: boolean;
  hasNames: boolean;
  /** Lines that are not sent. */
  leftOut: ReadonlySet<number>;
  bytesMax?: number;
}

const headings = { voterId: "voter_id", region: "region", weight: "weight", name: "name" } as const;
type Member = keyof typeof headings;

/**
 * Cuts a file into pieces, the same whenever it is read again. They hold the columns of a roll and
 * nothing else of the file; each row stands as many lines behind the first as in the file, so that
 * the platform's report names the file's own lines.
 */
export async function* piecesOf(
  source: FileRows,
  order: PieceOrder,
): AsyncGenerator<RollPieceText> {
  const writer = new PieceWriter(order);
  for await (const { rows, share } of source.batches()) {
    for (const row of rows) {
      const full = writer.add(row);
      if (full !== null) yield { ...full, share };
    }
  }
  const last = writer.end();
  if (last !== null) yield { ...last, share: 1 };
}

type CutPiece = Omit<RollPieceText, "share">;

class PieceWriter {
  readonly #order: PieceOrder;
  readonly #members: readonly Member[];
  readonly #heading: string;
  /** A row that can't be taken apart: the platform must refuse it, so it has a field too many. */
  readonly #unreadable: string;
  readonly #bytesMax: number;
  #piece = 0;
  #lines: string[] = [];
  #bytes = 0;
  #rows = 0;
  #firstLine = 0;
  #lastLine = 0;

  constructor(order: PieceOrder) {
    const { columns, hasRegions, hasNames } = order;
    this.#order = order;
    this.#members = [
      "voterId",
      ...(hasRegions ? (["region"] as const) : []),
      ...(columns.weight === null ? [] : (["weight"] as const)),
      ...(hasNames && columns.name !== null ? (["name"] as const) : []),
    ];
    this.#heading = `${this.#members.map((member) => headings[member]).join(",")}\n`;
    this.#unreadable = Array.from({ length: this.#members.length + 1 }, () => "?").join(",");
    this.#bytesMax = order.bytesMax ?? limits.rollPieceBytesMax;
  }

  /** Gives the piece that this row does not fit into any more. */
  add(row: SourceRow): CutPiece | null {
    const fields = this.#order.readFields(row);
    if (fields === null || this.#order.leftOut.has(row.line)) return null;
    const text = typeof fields === "string" ? this.#unreadable : this.#toText(fields);
    const gap = this.#rows === 0 ? 0 : row.line - this.#lastLine - 1;
    const bytes = utf8Bytes(text) + 1 + gap;
    const isFull = this.#rows > 0 && this.#bytes + bytes > this.#bytesMax;
    const cut = isFull ? this.end() : null;
    if (this.#rows === 0) {
      this.#firstLine = row.line;
      this.#bytes = this.#heading.length;
    } else if (gap > 0) this.#lines.push("\n".repeat(gap));
    this.#lines.push(text, "\n");
    this.#bytes += isFull ? bytes - gap : bytes;
    this.#rows += 1;
    this.#lastLine = row.line;
    return cut;
  }

  end(): CutPiece | null {
    if (this.#rows === 0) return null;
    const cut = {
      piece: this.#piece,
      text: this.#heading + this.#lines.join(""),
      firstLine: this.#firstLine,
      rows: this.#rows,
    };
    this.#piece += 1;
    this.#lines = [];
    this.#bytes = 0;
    this.#rows = 0;
    return cut;
  }

  #toText(fields: RowFields): string {
    const text = this.#members.map((member) => csvFieldText(fields[member])).join(",");
    return text.length > limits.rollRowCharactersMax ? this.#unreadable : text;
  }
}

/** A field of CSV in one line. */
function csvFieldText(field: string): string {
  const line = /[\r\n]/.test(field) ? field.replaceAll(/\s*[\r\n]+\s*/g, " ") : field;
  return /[",;\t]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
