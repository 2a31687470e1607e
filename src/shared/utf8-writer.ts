const utf8 = new TextEncoder();

/** Characters that there is room for at first; most texts are shorter. */
const charactersAtFirst = 64;

/**
 * Writes texts as UTF-8 (RFC 3629) into memory of its own, each over the last, behind the same
 * bytes and with room for what follows. Most are ASCII and short: encoding these into bytes of
 * their own costs as much as their hash.
 */
export class Utf8Writer {
  readonly #before: Uint8Array;
  readonly #room: number;
  bytes: Uint8Array;

  constructor(before: Uint8Array, room: number) {
    this.#before = before;
    this.#room = room;
    this.bytes = this.#ofLength(charactersAtFirst);
  }

  /** Gives how many bytes stand there now, the first ones included. */
  write(text: string): number {
    const from = this.#before.length;
    if (from + 3 * text.length + this.#room > this.bytes.length) {
      this.bytes = this.#ofLength(text.length);
    }
    const { bytes } = this;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return from + utf8.encodeInto(text, bytes.subarray(from)).written;
      bytes[from + at] = code;
    }
    return from + text.length;
  }

  /** One UTF-16 unit becomes three bytes of UTF-8 at the most. */
  #ofLength(characters: number): Uint8Array {
    const bytes = new Uint8Array(this.#before.length + 3 * characters + this.#room);
    bytes.set(this.#before);
    return bytes;
  }
}
