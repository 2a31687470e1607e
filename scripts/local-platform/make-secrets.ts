import { randomBytes } from "node:crypto";
import type { SecretName } from "../../src/auth/deployment-secrets.ts";

const secretBytes = 32;

/** New secrets at random; `keyName` names the keys that tokens and receipts are signed with, and ids known by. */
export function makeSecrets(keyName: string): Record<SecretName, string> {
  const namedKey = () => `${keyName}:${randomBytes(secretBytes).toString("base64url")}`;
  return {
    ADMIN_API_KEY: `eg_${keyName}_${randomBytes(secretBytes).toString("hex")}`,
    BALLOT_TOKEN_KEYS: namedKey(),
    ID_KEYS: namedKey(),
    RECEIPT_SIGNING_KEYS: namedKey(),
  };
}
