import { limits } from "../shared/limits.ts";
import { LoggableError } from "../shared/loggable-error.ts";
import { receiptKeys } from "./receipt-keys.ts";
import { readTokenKeys } from "./token-keys.ts";

/** What reads each secret, and throws a LoggableError that names the secret and quotes none of it. */
const readers = {
  ADMIN_API_KEY: readAdminKey,
  BALLOT_TOKEN_KEYS: (text: string | undefined) => readTokenKeys(text),
  ID_KEYS: (text: string | undefined) => readTokenKeys(text, "ID_KEYS"),
  RECEIPT_SIGNING_KEYS: receiptKeys,
} as const;

/** A secret that no deployment can do without. */
export type SecretName = keyof typeof readers;

/** Secrets as they are found: each may be missing. */
export type FoundSecrets = { readonly [name in SecretName]?: string | undefined };

// The keys of a literal object are its own.
export const secretNames = Object.keys(readers) as readonly SecretName[];

/** Says of each secret that is missing or of no use what is wrong with it, without quoting it. */
export function findSecretFaults(
  secrets: FoundSecrets,
  names: readonly SecretName[] = secretNames,
): string[] {
  return names.flatMap((name) => {
    try {
      readers[name](secrets[name]);
      return [];
    } catch (error) {
      return [error instanceof LoggableError ? error.message : `${name} can't be read`];
    }
  });
}

function readAdminKey(text: string | undefined): string {
  if (!text) throw new LoggableError("ADMIN_API_KEY is missing");
  if (text.length >= limits.adminKeyCharactersMin && /^[\x21-\x7e]+$/.test(text)) return text;
  throw new LoggableError(
    `ADMIN_API_KEY must have ${limits.adminKeyCharactersMin} characters or more, without blanks`,
  );
}
