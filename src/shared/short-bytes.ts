const scratch = new Uint8Array(4_096);
const utf8 = new TextEncoder();

/**
 * A short text as UTF-8, or null where it may be longer than the scratch that it is written into:
 * good until the next call. A text encoded into bytes of its own costs as much as its hash.
 */
export function shortBytes(text: string): Uint8Array | null {
  // One UTF-16 unit becomes three bytes of UTF-8 at the most.
  if (text.length * 3 > scratch.length) return null;
  return scratch.subarray(0, utf8.encodeInto(text, scratch).written);
}
