import { hmacKey, macInto, sha256Bytes, type HmacKey } from "../shared/sha256.ts";
import { Utf8Writer } from "../shared/utf8-writer.ts";
import { invariant } from "../shared/invariant.ts";
import type { NormalVoterId } from "../voter-id/voter-id.ts";

/**
 * Characters of base64url that a pid keeps: 132 bits, so that among 10^9 voters a collision has
 * odds below 10^-21 (NIST SP 800-107, 5.3.3).
 */
const pidCharacters = 22;

/** A decision's key is taken in once for as long as its manifest is kept in memory. */
const keys = new WeakMap<Uint8Array, HmacKey>();

/**
 * The pseudonym of a voter in one decision: HMAC-SHA256(decision key, voter_id), its first 22
 * characters of base64url. However a person writes the voter_id, it is made of its one spelling.
 */
export function pseudonym(decisionKey: Uint8Array, voterId: NormalVoterId): string {
  const [pid] = pseudonyms(decisionKey, [voterId]);
  invariant(pid !== undefined, "every voter has a pseudonym");
  return pid;
}

/** A text is made for so many pids at once: one for each costs a third of the pid. */
const pidsATime = 64;
const alphabet = new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
);
const ascii = new TextDecoder();
const characters = new Uint8Array(pidCharacters * pidsATime);
const message = new Utf8Writer(new Uint8Array(), 0);
const mac = new Uint8Array(sha256Bytes);

/** The pseudonyms of voters, in their order. */
export function pseudonyms(decisionKey: Uint8Array, voterIds: readonly NormalVoterId[]): string[] {
  let key = keys.get(decisionKey);
  if (key === undefined) {
    key = hmacKey(decisionKey);
    keys.set(decisionKey, key);
  }
  const pids: string[] = [];
  for (let from = 0; from < voterIds.length; from += pidsATime) {
    const to = Math.min(from + pidsATime, voterIds.length);
    for (let at = from; at < to; at += 1) {
      const length = message.write(voterIds[at] as NormalVoterId);
      macInto(key, message.bytes, length, mac, 0);
      writePid(pidCharacters * (at - from));
    }
    const text = ascii.decode(characters.subarray(0, pidCharacters * (to - from)));
    for (let at = 0; at < text.length; at += pidCharacters) {
      pids.push(text.slice(at, at + pidCharacters));
    }
  }
  return pids;
}

/** Writes the mac's first characters in base64url (RFC 4648, 5): three bytes make four. */
function writePid(start: number): void {
  for (let at = 0, from = 0; at < pidCharacters; at += 4, from += 3) {
    const bits =
      ((mac[from] as number) << 16) | ((mac[from + 1] as number) << 8) | (mac[from + 2] as number);
    for (let shift = 18, to = at; shift >= 0 && to < pidCharacters; shift -= 6, to += 1) {
      characters[start + to] = alphabet[(bits >> shift) & 63] as number;
    }
  }
}
