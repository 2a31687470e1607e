import { createHash } from "node:crypto";

/** SHA-256 of a text, in lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** A short digest (128 bits, base64url) of an idempotency key: what a voter's row keeps of it. */
export function requestDigest(key: string): string {
  return createHash("sha256").update(key, "utf8").digest().subarray(0, 16).toString("base64url");
}
