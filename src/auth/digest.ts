import { createHash } from "node:crypto";

/** SHA-256 of a text, in lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** SHA-256 of one text that comes in parts, in lower-case hexadecimal digits. */
export function sha256HexOfParts(parts: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part, "utf8");
  return hash.digest("hex");
}

/** A short digest (128 bits, base64url) of an idempotency key: what a voter's row keeps of it. */
export function requestDigest(key: string): string {
  return createHash("sha256").update(key, "utf8").digest().subarray(0, 16).toString("base64url");
}
