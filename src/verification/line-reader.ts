import { limits } from "../shared/limits.ts";
import { grown } from "./grown.ts";

/** Takes a line without its line feed: it stands in `bytes` from `start` to `end`. */
export type TakeRowBytes = (bytes: Uint8Array, start: number, end: number) => void;

const lineFeed = 10;

/** Cuts bytes that come in pieces into lines; a line is copied only where it spans two pieces. */
export class LineReader {
  readonly #take: TakeRowBytes;
  readonly #bytesMax: number;
  #carried = new Uint8Array(1_024);
  #length = 0;
  #isTooLong = false;

  constructor(take: TakeRowBytes, bytesMax: number = limits.verifiedRowBytesMax) {
    this.#take = take;
    this.#bytesMax = bytesMax;
  }

  /** Whether the last line has no line feed. */
  get isCut(): boolean {
    return this.#length > 0 || this.#isTooLong;
  }

  /** Takes up to `linesMax` lines out of a piece, from `start` on; gives where it stopped. */
  add(piece: Uint8Array, start: number, linesMax: number): number {
    let at = start;
    for (let lines = 0; lines < linesMax; lines += 1) {
      const end = piece.indexOf(lineFeed, at);
      if (end < 0) {
        this.#carry(piece, at, piece.length);
        return piece.length;
      }
      if (!this.isCut && end - at <= this.#bytesMax) this.#take(piece, at, end);
      else this.#takeCarried(piece, at, end);
      at = end + 1;
    }
    return at;
  }

  /** A line that is too long is taken as an empty one. */
  #takeCarried(piece: Uint8Array, start: number, end: number): void {
    this.#carry(piece, start, end);
    this.#take(this.#carried, 0, this.#isTooLong ? 0 : this.#length);
    this.#length = 0;
    this.#isTooLong = false;
  }

  #carry(piece: Uint8Array, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#bytesMax) {
      this.#isTooLong = true;
      this.#length = 0;
    }
    if (this.#isTooLong) return;
    this.#carried = grown(this.#carried, length);
    this.#carried.set(piece.subarray(start, end), this.#length);
    this.#length = length;
  }
}
