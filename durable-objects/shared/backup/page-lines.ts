import type { CellCode } from "../../../src/backup/backup-page.ts";

/** The lines of a page while it is written. Rows of one table that follow one another are one. */
export class PageLines {
  readonly #charactersMax: number;
  #text = "";
  #table: string | null = null;

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax;
  }

  /** Adds an entry's line; false where it has no room, and something else is there already. */
  add(line: string): boolean {
    return this.#put(line, null);
  }

  addRow(table: string, columns: readonly string[], cells: readonly CellCode[]): boolean {
    const row = JSON.stringify(cells);
    if (this.#table === table) return this.#put(`,${row}`, table);
    const head = JSON.stringify({ table, columns }).slice(0, -1);
    return this.#put(`${head},"rows":[${row}`, table);
  }

  end(): string {
    this.#endRows();
    return this.#text;
  }

  #put(text: string, table: string | null): boolean {
    if (this.#text !== "" && this.#text.length + text.length > this.#charactersMax) return false;
    if (this.#table !== table) this.#endRows();
    this.#text += text;
    this.#table = table;
    return true;
  }

  #endRows(): void {
    if (this.#table !== null) this.#text += "]}\n";
    this.#table = null;
  }
}
