import { createHash } from "node:crypto";

/** Hashes take bytes: given a text, node:crypto makes a Buffer of it first, which costs as much as the hash. */
const utf8 = new TextEncoder();

/** SHA-256 of a text, in lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(utf8.encode(text)).digest("hex");
}

/** SHA-256 of one text that comes in parts, in lower-case hexadecimal digits. */
export function sha256HexOfParts(parts: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(utf8.encode(part));
  return hash.digest("hex");
}

/** A short digest (128 bits, base64url) of an idempotency key: what a voter's row keeps of it. */
export function requestDigest(key: string): string {
  return createHash("sha256")
    .update(utf8.encode(key))
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}
