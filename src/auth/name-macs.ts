import { createHmac } from "node:crypto";
import { LoggableError } from "../shared/loggable-error.ts";
import { isSameMac, keysFor } from "./message-macs.ts";
import { readTokenKeys } from "./token-keys.ts";

/** Short macs by which a deployment knows the names that it gave. */
export interface NameMacs {
  /** HMAC-SHA-256 (RFC 2104) of a name, shortened (section 5), in hexadecimal digits. */
  sign(name: string): string;
  /** Whether one of the deployment's keys has made this mac of the name. */
  verify(name: string, mac: string): boolean;
}

/** What is named, and how many hexadecimal digits of four bits its macs have. */
export interface NameKind {
  purpose: string;
  macDigits: number;
}

/**
 * Macs of one kind of names, under keys that are derived from ID_KEYS: the first signs, all verify.
 * They spare work alone, so what they cost a guesser counts and not their 32 bytes: each guess is
 * a request.
 * @throws when the keys are not of their form.
 */
export function nameMacs(keyText: string, { purpose, macDigits }: NameKind): NameMacs {
  const keys = keysFor(readTokenKeys(keyText, "ID_KEYS"), purpose);
  const [signer] = keys;
  if (signer === undefined) throw new LoggableError("no key signs names");
  const macOf = (key: Uint8Array, name: string) =>
    createHmac("sha256", key).update(name).digest("hex").slice(0, macDigits);
  return {
    sign: (name) => macOf(signer, name),
    verify: (name, mac) => keys.some((key) => isSameMac(macOf(key, name), mac)),
  };
}
