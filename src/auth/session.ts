import type { ApiKeyRecord, KeyRole } from "./api-key.ts";
import { namedSecrets, type NamedSecrets } from "./named-secrets.ts";

/** Who works in a browser. A station's devices have their keys. */
export const sessionRoles = ["admin", "organiser", "auditor"] as const satisfies KeyRole[];
export type SessionRole = (typeof sessionRoles)[number];

/** What somebody who has signed in may do: as much as a key of the same members. */
export interface SessionGrant extends Pick<ApiKeyRecord, "label" | "decisionId" | "owner"> {
  role: SessionRole;
  /** The id of the API key that was shown, or a stable name of the login elsewhere. */
  keyId: string;
  /** The provider of that login; null where a key was shown. */
  provider: string | null;
  /**
   * The digest of the key, or of the provider's entry in the settings. Where that is no longer so,
   * the session has ended.
   */
  basis: string;
}

/** A session as it is kept: of the secret in its cookie a digest alone. Times in ms. */
export interface SessionRecord extends SessionGrant {
  id: string;
  digest: string;
  beganAt: number;
  expiresAt: number;
}

/**
 * The secrets in sessions' cookies. They are known by themselves, so that a forged one costs no
 * question. @throws when ID_KEYS is not of its form.
 */
export function sessionSecrets(idKeys: string): NamedSecrets {
  return namedSecrets(idKeys, { prefix: "es", purpose: "session/1" });
}

export function isSessionRole(role: KeyRole): role is SessionRole {
  return sessionRoles.some((each) => each === role);
}
