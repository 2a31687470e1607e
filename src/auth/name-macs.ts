import { LoggableError } from "../shared/loggable-error.ts";
import { macWith } from "./hmac.ts";
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
  const macs = keysFor(readTokenKeys(keyText, "ID_KEYS"), purpose).map((key) => {
    const macOf = macWith(key, "hex");
    return (name: string) => macOf(name).slice(0, macDigits);
  });
  const [sign] = macs;
  if (sign === undefined) throw new LoggableError("no key signs names");
  return { sign, verify: (name, mac) => macs.some((macOf) => isSameMac(macOf(name), mac)) };
}
