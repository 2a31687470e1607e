import { limits } from "../shared/limits.ts";

/** A line without its end, or null in place of one that is too long to be kept. */
export type TakeLine = (text: string | null, line: number) => void;

/**
 * Cuts a stream of text into numbered lines, from 1. They end as the first one does: by a line feed,
 * with a carriage return before it or not, or by a carriage return alone. It keeps no more than one
 * unfinished line, and of a line that is too long nothing.
 */
export class LineCutter {
  readonly #take: TakeLine;
  /** Null until the first line has ended. */
  #end: "\n" | "\r" | null = null;
  #rest = "";
  #line = 0;
  #isSkipping = false;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  feed(text: string): void {
    if (this.#end === null) this.#feedFirst(text);
    else this.#cut(text, this.#end);
  }

  /** The last line needs no end. */
  end(): void {
    if (this.#end === null) {
      const text = this.#rest;
      this.#rest = "";
      this.#cut(text, text.endsWith("\r") ? "\r" : "\n");
    }
    if (this.#rest !== "" || this.#isSkipping) this.#finish("");
  }

  /** A carriage return says nothing before the character behind it is here. */
  #feedFirst(more: string): void {
    const text = this.#rest + more;
    const at = text.search(/[\r\n]/);
    const isTold = at !== -1 && (text[at] === "\n" || at + 1 < text.length);
    if (!isTold && text.length <= limits.rollRowCharactersMax + 1) {
      this.#rest = text;
      return;
    }
    this.#end = text[at] === "\r" && text[at + 1] !== "\n" ? "\r" : "\n";
    this.#rest = "";
    this.#cut(text, this.#end);
  }

  #cut(text: string, mark: "\n" | "\r"): void {
    let from = 0;
    for (let end = text.indexOf(mark); end !== -1; end = text.indexOf(mark, from)) {
      this.#finish(text.slice(from, end));
      from = end + 1;
    }
    this.#keep(text.slice(from));
  }

  #keep(text: string): void {
    if (this.#isSkipping) return;
    this.#rest += text;
    this.#isSkipping = this.#rest.length > limits.rollRowCharactersMax;
    if (this.#isSkipping) this.#rest = "";
  }

  #finish(text: string): void {
    this.#keep(text);
    const whole = this.#isSkipping ? null : this.#rest;
    this.#line += 1;
    this.#rest = "";
    this.#isSkipping = false;
    this.#take(whole?.endsWith("\r") ? whole.slice(0, -1) : whole, this.#line);
  }
}
