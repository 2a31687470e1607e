import type { NormalVoterId } from "../voter-id/voter-id.ts";
import { macWith, type Mac } from "./hmac.ts";

/**
 * Characters of base64url that a pid keeps: 132 bits, so that among 10^9 voters a collision has
 * odds below 10^-21 (NIST SP 800-107, 5.3.3).
 */
const pidCharacters = 22;

/** A decision's key is taken in once for as long as its manifest is kept in memory. */
const macs = new WeakMap<Uint8Array, Mac>();

/**
 * The pseudonym of a voter in one decision: HMAC-SHA256(decision key, voter_id), its first 22
 * characters of base64url. However a person writes the voter_id, it is made of its one spelling.
 */
export function pseudonym(decisionKey: Uint8Array, voterId: NormalVoterId): string {
  let mac = macs.get(decisionKey);
  if (mac === undefined) {
    mac = macWith(decisionKey);
    macs.set(decisionKey, mac);
  }
  return mac(voterId).slice(0, pidCharacters);
}
