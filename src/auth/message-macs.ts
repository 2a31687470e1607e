import { createHmac, timingSafeEqual } from "node:crypto";
import { readTokenKeys, type NamedKey } from "./token-keys.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/** Macs by which a deployment knows its own messages again. */
export interface MessageMacs {
  /** HMAC-SHA-256 (RFC 2104) of a text, in base64url: 43 characters. */
  sign(text: string): string;
  /** Whether one of the deployment's keys has made this mac of the text. */
  verify(text: string, mac: string): boolean;
}

/**
 * Macs for one purpose, under keys that are derived from BALLOT_TOKEN_KEYS: the first signs, all
 * verify, as with tokens. A key of one purpose says nothing of another's, nor of the tokens'.
 * @throws when the keys are not of their form.
 */
export function messageMacs(keyText: string | undefined, purpose: string): MessageMacs {
  const keys = keysFor(readTokenKeys(keyText), purpose);
  const [signer] = keys;
  if (signer === undefined) throw new LoggableError("no key signs messages");
  // Of node:crypto, since messages are long: a record of the vote log has some 23 kB.
  const macOf = (key: Uint8Array, text: string) =>
    createHmac("sha256", key).update(text).digest("base64url");
  return {
    sign: (text) => macOf(signer, text),
    verify: (text, mac) => keys.some((key) => isSameMac(macOf(key, text), mac)),
  };
}

/** Keys for one purpose, derived from those of a secret. */
export function keysFor(keys: readonly NamedKey[], purpose: string): Uint8Array[] {
  return keys.map(({ secret }) =>
    createHmac("sha256", secret).update(`enviro-governance/${purpose}`).digest(),
  );
}

const utf8 = new TextEncoder();

/** Compared as texts: of the spellings that decode to one mac only the canonical is good. */
export function isSameMac(expected: string, given: string): boolean {
  const [one, other] = [utf8.encode(expected), utf8.encode(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
