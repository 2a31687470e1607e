import { base64url } from "jose";
import { LoggableError } from "../shared/loggable-error.ts";

/** A key of a secret that holds several, such as BALLOT_TOKEN_KEYS. */
export interface NamedKey {
  kid: string;
  secret: Uint8Array;
}

/**
 * Reads `kid:base64url-key` pairs with commas between, each key of at least 32 bytes (RFC 7518,
 * 3.2), from the text of a variable.
 * @throws when the text is not of that form; what it says names the variable and no key.
 */
export function readTokenKeys(
  text: string | undefined,
  variable = "BALLOT_TOKEN_KEYS",
): NamedKey[] {
  if (!text) throw new LoggableError(`${variable} is missing`);
  const keys = text.split(",").map((pair) => readPair(pair, variable));
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new LoggableError(`${variable} must give each key a kid of its own`);
  }
  return keys;
}

function readPair(pair: string, variable: string): NamedKey {
  const [, kid, key] = /^\s*([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43,})\s*$/.exec(pair) ?? [];
  if (kid === undefined || key === undefined) {
    throw new LoggableError(
      `${variable} must be kid:key pairs, each key at least 32 bytes in base64url`,
    );
  }
  return { kid, secret: base64url.decode(key) };
}
