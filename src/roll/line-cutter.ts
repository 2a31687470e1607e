import { limits } from "../shared/limits.ts";

/** A line without its end, or null in place of one that is too long to be kept. */
export type TakeLine = (text: string | null, line: number) => void;

/**
 * Cuts a stream of text into numbered lines, from 1. It keeps no more than one unfinished line, and
 * of a line that is too long nothing.
 */
export class LineCutter {
  readonly #take: TakeLine;
  #rest = "";
  #line = 0;
  #isSkipping = false;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  feed(text: string): void {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.#finish(text.slice(from, end));
      from = end + 1;
    }
    this.#keep(text.slice(from));
  }

  /** The last line needs no end. */
  end(): void {
    if (this.#rest !== "" || this.#isSkipping) this.#finish("");
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
