import { hexDigits } from "../page/hex.js";

/** 32 random bytes in hexadecimal digits: what makes a ballot's hash its voter's own. */
export function drawNonce() {
  return hexDigits(crypto.getRandomValues(new Uint8Array(32)));
}
