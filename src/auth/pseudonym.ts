import { createHmac } from "node:crypto";

/** Bytes of an HMAC-SHA256 that a pid keeps: 128 bits, so that among 10^9 voters a collision has odds of about 10^-21 (NIST SP 800-107, 5.3.3). */
const pidBytes = 16;

/** The pseudonym of a voter in one decision: HMAC-SHA256(decision key, voter_id), 22 characters of base64url. */
export function pseudonym(decisionKey: Uint8Array, voterId: string): string {
  return createHmac("sha256", decisionKey)
    .update(voterId, "utf8")
    .digest()
    .subarray(0, pidBytes)
    .toString("base64url");
}
