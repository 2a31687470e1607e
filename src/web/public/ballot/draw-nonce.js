/** 32 random bytes in hexadecimal digits: what makes a ballot's hash its voter's own. */
export function drawNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
