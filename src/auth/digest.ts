import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { hashInto, nothingHashed, sha256Bytes } from "../shared/sha256.ts";
import { shortBytes } from "../shared/short-bytes.ts";

/**
 * One digest for all short texts, since each is hashed at once. A hash of node:crypto is a stream
 * with a native object behind it: for two or three blocks that costs four times the hash, and the
 * collector stops everything to take such objects away.
 */
const digest = Buffer.alloc(sha256Bytes);

const utf8 = new TextEncoder();

/** SHA-256 of a text, in lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return digestOf(text).toString("hex");
}

/** SHA-256 of one text that comes in parts, in lower-case hexadecimal digits. */
export function sha256HexOfParts(parts: Iterable<string>): string {
  const whole = createHash("sha256");
  for (const part of parts) whole.update(utf8.encode(part));
  return whole.digest("hex");
}

/** A short digest (128 bits, base64url) of an idempotency key: what a voter's row keeps of it. */
export function requestDigest(key: string): string {
  return digestOf(key).subarray(0, 16).toString("base64url");
}

/** Good until the next call. */
function digestOf(text: string): Buffer {
  const bytes = shortBytes(text);
  if (bytes === null) return createHash("sha256").update(text).digest();
  hashInto(nothingHashed, bytes, bytes.length, digest, 0);
  return digest;
}
