type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** As many bytes as the longest byte order mark has. */
const markBytesMax = 3;

/**
 * Decodes a file in pieces: UTF-16 where it begins with the mark of that, else UTF-8, with a mark
 * or without. What is neither becomes U+FFFD.
 */
export class TextPieces {
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #start: Uint8Array = new Uint8Array(0);

  feed(bytes: Uint8Array): string {
    if (this.#decoder !== null) return this.#decoder.decode(bytes, { stream: true });
    this.#start = joined(this.#start, bytes);
    return this.#start.byteLength < markBytesMax ? "" : this.#begin();
  }

  end(): string {
    const begun = this.#decoder === null ? this.#begin() : "";
    return begun + (this.#decoder?.decode() ?? "");
  }

  #begin(): string {
    const bytes = this.#start;
    this.#start = new Uint8Array(0);
    this.#decoder = new TextDecoder(encodingOf(bytes));
    return this.#decoder.decode(bytes, { stream: true });
  }
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.byteLength === 0) return b;
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}
