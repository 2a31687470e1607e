import { base64url } from "jose";
import { LoggableError } from "../shared/loggable-error.ts";

/** A key of BALLOT_TOKEN_KEYS. */
export interface NamedKey {
  kid: string;
  secret: Uint8Array;
}

/**
 * Reads `kid:base64url-key` pairs with commas between, each key of at least 32 bytes (RFC 7518,
 * 3.2).
 * @throws when the text is not of that form; what it says names the variable and no key.
 */
export function readTokenKeys(text: string): NamedKey[] {
  const keys = text.split(",").map(readPair);
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new LoggableError("BALLOT_TOKEN_KEYS must give each key a kid of its own");
  }
  return keys;
}

function readPair(pair: string): NamedKey {
  const [, kid, key] = /^\s*([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43,})\s*$/.exec(pair) ?? [];
  if (kid === undefined || key === undefined) {
    throw new LoggableError(
      "BALLOT_TOKEN_KEYS must be kid:key pairs, each key at least 32 bytes in base64url",
    );
  }
  return { kid, secret: base64url.decode(key) };
}
