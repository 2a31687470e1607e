import { toHex } from "../shared/hex.ts";

const nonceBytes = 32;

/** A nonce for one vote, which every repeat of it carries: 32 random bytes in hexadecimal digits. */
export function randomNonce(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(nonceBytes)));
}
