import { createHmac } from "node:crypto";

/** Characters of base64url that a pid keeps: 132 bits, so that among 10^9 voters a collision has odds below 10^-21 (NIST SP 800-107, 5.3.3). */
const pidCharacters = 22;

const utf8 = new TextEncoder();

/** The pseudonym of a voter in one decision: HMAC-SHA256(decision key, voter_id), its first 22 characters of base64url. */
export function pseudonym(decisionKey: Uint8Array, voterId: string): string {
  const digest = createHmac("sha256", decisionKey).update(utf8.encode(voterId)).digest("base64url");
  return digest.slice(0, pidCharacters);
}
