import { createHash } from "node:crypto";
import { macWith } from "../hmac.ts";

/**
 * The `nonce` that a login must have where this secret is shown with it: SHA-256 in base64url, as
 * the S256 challenge of RFC 7636.
 */
export function nonceOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Who an issuer says logged in, and for which attempt. */
interface NamedLogin {
  subject: string;
  nonce: string;
}

/**
 * What a decision keeps of a login: a pseudonym of its subject, of as many characters as a pid, and
 * a digest of it as one. Both are made with the decision's key, which is forgotten with it. A text
 * begins with what no voter_id can, so that neither is a voter's pid.
 */
export function loginDigests(
  decisionKey: Uint8Array,
  { subject, nonce }: NamedLogin,
): { subject: string; digest: string } {
  const mac = macWith(decisionKey);
  return {
    subject: mac(`\u0000subject\u0000${subject}`).slice(0, 22),
    // By what it says and not by its text: one login can be spelt in more ways.
    digest: mac(`\u0000login\u0000${nonce}\u0000${subject}`),
  };
}
