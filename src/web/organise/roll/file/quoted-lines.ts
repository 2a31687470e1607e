import { csvFields, type Separator } from "../../../../roll/csv-line.ts";
import type { SourceRow } from "./source-row.ts";

/** A field with line breaks has at most so many lines; more are a quote that was never closed. */
const quotedLinesMax = 50;

/**
 * Takes lines of CSV apart, also where a quoted field goes over several, as an address does. A quote
 * that is not closed costs its own line, not the rest of the file.
 */
export class QuotedLines {
  readonly #separator: Separator;
  readonly #take: (row: SourceRow) => void;
  /** Lines of a row whose quotes are still open, and the number of the first. */
  #open: (string | null)[] = [];
  #line = 0;

  constructor(separator: Separator, take: (row: SourceRow) => void) {
    this.#separator = separator;
    this.#take = take;
  }

  /** Null is a line that is too long. */
  feed(text: string | null, line: number): void {
    if (this.#open.length === 0) this.#begin(text, line);
    else this.#goOn(text);
  }

  end(): void {
    while (this.#open.length > 0) this.#giveUp();
  }

  #begin(text: string | null, line: number): void {
    if (text !== null && text.includes('"') && hasOpenQuote(text)) {
      this.#open = [text];
      this.#line = line;
      return;
    }
    this.#take({ line, fields: text === null ? null : csvFields(text, this.#separator) });
  }

  #goOn(text: string | null): void {
    this.#open.push(text);
    const isClosing = text !== null && text.includes('"') && hasOpenQuote(text);
    if (isClosing) {
      const whole = this.#open.join("\n");
      const fields = csvFields(whole, this.#separator);
      if (fields === null) return this.#giveUp();
      const line = this.#line;
      this.#open = [];
      return this.#take({ line, fields });
    }
    if (text === null || this.#open.length > quotedLinesMax) this.#giveUp();
  }

  /** The first line is bad by itself; the others are read anew. */
  #giveUp(): void {
    const [, ...rest] = this.#open;
    const line = this.#line;
    this.#open = [];
    this.#take({ line, fields: null });
    for (const [index, text] of rest.entries()) this.feed(text, line + 1 + index);
  }
}

function hasOpenQuote(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}
