const utf8 = new TextEncoder();

/** What can be framed: texts as UTF-8, bytes as they are, integers as eight bytes, big-endian. */
export type FramedPart = string | Uint8Array | bigint;

/**
 * Parts as one run of bytes that no other parts give: each as its length (four bytes, big-endian)
 * and its bytes.
 */
export function framed(...parts: readonly FramedPart[]): Uint8Array {
  const pieces = parts.map(bytesOf);
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + 4 + piece.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const piece of pieces) {
    view.setUint32(at, piece.length);
    whole.set(piece, at + 4);
    at += 4 + piece.length;
  }
  return whole;
}

function bytesOf(part: FramedPart): Uint8Array {
  if (typeof part === "string") return utf8.encode(part);
  if (typeof part !== "bigint") return part;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, part);
  return bytes;
}
