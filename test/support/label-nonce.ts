import { createHash } from "node:crypto";

/** A nonce that a test knows by a label: the same label is the same request. */
export function labelNonce(label: string): string {
  return createHash("sha256").update(`nonce of ${label}`).digest("hex");
}
