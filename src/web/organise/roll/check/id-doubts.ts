/** What spreadsheets do to ids, each of which would make a voter whom nobody knows. */
export const idDoubtKinds = ["shortened", "date", "decimal", "zeros"] as const;
export type IdDoubtKind = (typeof idDoubtKinds)[number];

/** How many ids look so, and the first of them. */
export interface IdDoubt {
  kind: IdDoubtKind;
  rows: number;
  examples: { line: number; text: string }[];
}

const examplesMax = 5;
const shortened = /^\d([.,]\d+)?e[+-]?\d+$/i;
const date =
  /^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[-. /](jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*)$/i;
const decimal = /^\d+[.,]0+$/;
const digits = /^\d+$/;
/** Digits of numbers that compare exactly. */
const exactDigits = 15;
const lengthsMax = 64;

/** Finds what a spreadsheet may have done to ids, row by row. */
export class IdDoubts {
  readonly #found = new Map<IdDoubtKind, IdDoubt>();
  readonly #lengths = Array.from({ length: lengthsMax }, () => 0);
  readonly #firstOfLength = new Map<number, { line: number; text: string }>();
  #numbers = 0;
  #largest = 0;
  #hasLeadingZeros = false;

  add(written: string, line: number): void {
    const text = written.trim();
    if (digits.test(text)) this.#addNumber(text, line);
    else if (shortened.test(text)) this.#note("shortened", text, line);
    else if (decimal.test(text)) this.#note("decimal", text, line);
    else if (date.test(text)) this.#note("date", text, line);
  }

  /** What was found, in the order of `idDoubtKinds`. */
  get found(): IdDoubt[] {
    const zeros = this.#lostZeros();
    const all = zeros === null ? this.#found : new Map([...this.#found, ["zeros", zeros] as const]);
    return idDoubtKinds.flatMap((kind) => all.get(kind) ?? []);
  }

  #addNumber(text: string, line: number): void {
    this.#numbers += 1;
    if (text.startsWith("0") && text.length > 1) this.#hasLeadingZeros = true;
    const length = Math.min(text.length, lengthsMax - 1);
    this.#lengths[length] = (this.#lengths[length] ?? 0) + 1;
    if (!this.#firstOfLength.has(length)) this.#firstOfLength.set(length, { line, text });
    this.#largest = Math.max(
      this.#largest,
      length > exactDigits ? Number.POSITIVE_INFINITY : Number(text),
    );
  }

  /**
   * Where most numbers have the same length, those that are shorter may have lost zeros before
   * them. Not where zeros are kept, nor where the numbers are simply counted up.
   */
  #lostZeros(): IdDoubt | null {
    const isCounted = this.#largest <= 2 * this.#numbers;
    if (this.#hasLeadingZeros || isCounted) return null;
    const longest = this.#lengths.findLastIndex((count) => count > 0);
    const common = this.#lengths[longest] ?? 0;
    const shorter = this.#numbers - common;
    if (shorter === 0 || shorter * 4 > this.#numbers) return null;
    const examples = [...this.#firstOfLength]
      .filter(([length]) => length < longest)
      .map(([, example]) => example)
      .slice(0, examplesMax);
    return { kind: "zeros", rows: shorter, examples };
  }

  #note(kind: IdDoubtKind, text: string, line: number): void {
    const known = this.#found.get(kind) ?? { kind, rows: 0, examples: [] };
    known.rows += 1;
    if (known.examples.length < examplesMax) known.examples.push({ line, text });
    this.#found.set(kind, known);
  }
}
