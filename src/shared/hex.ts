const digits = new TextEncoder().encode("0123456789abcdef");
const ascii = new TextDecoder();
/** Most of what is written is shorter; an array of its own would cost more than its digits. */
const scratch = new Uint8Array(512);

/**
 * Bytes as lower-case hexadecimal digits. The text is written as a whole: one that is put together
 * from its digits costs ten times as much, most of it when it is read.
 */
export function toHex(bytes: Uint8Array): string {
  const length = 2 * bytes.length;
  const text = length <= scratch.length ? scratch : new Uint8Array(length);
  writeHexDigits(bytes, text, 0);
  return ascii.decode(text.subarray(0, length));
}

/** Writes bytes as hexadecimal digits in ASCII into `text`, from `start` on. */
export function writeHexDigits(bytes: Uint8Array, text: Uint8Array, start: number): void {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    text[start + 2 * at] = digits[byte >> 4] as number;
    text[start + 2 * at + 1] = digits[byte & 15] as number;
  }
}

/** The bytes of hexadecimal digits; half a byte or another character gives zeros. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  writeHex(text, bytes, 0);
  return bytes;
}

/** Writes the bytes of hexadecimal digits into `bytes`, from `start` on. */
export function writeHex(text: string, bytes: Uint8Array, start: number): void {
  const count = text.length >> 1;
  for (let at = 0; at < count; at += 1) {
    bytes[start + at] = (digitAt(text, 2 * at) << 4) | digitAt(text, 2 * at + 1);
  }
}

/** What the digits of either case say, by their character codes. */
const digitValues = new Uint8Array(128);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  digitValues[digit.charCodeAt(0)] = value;
  digitValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** No digit is 0: so is what has no place in the table. */
function digitAt(text: string, at: number): number {
  return digitValues[text.charCodeAt(at)] ?? 0;
}
