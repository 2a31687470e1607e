/**
 * Bytes as lower-case hexadecimal digits.
 * @param {Uint8Array} bytes
 */
export function hexDigits(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The bytes of hexadecimal digits.
 * @param {string} digits
 */
export function hexBytes(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
