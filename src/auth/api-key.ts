import { namedSecrets } from "./named-secrets.ts";

/**
 * `admin` does everything but vote; `organiser` creates decisions and manages its own; `station`
 * casts votes for those who come to it;
 * `auditor` reads the record.
 */
export const keyRoles = ["admin", "organiser", "station", "auditor"] as const;
export type KeyRole = (typeof keyRoles)[number];

/**
 * An API key as it is kept: its secret part only as a digest. A null decisionId means every
 * decision. `owner` names whom an organiser's key speaks for: decisions belong to the owner, so
 * that keys come and go and the decisions stay. A station's key has an owner where the decision's
 * organiser issued it, and is told less then.
 */
export type ApiKeyRecord = {
  id: string;
  role: KeyRole;
  label: string;
  decisionId: string | null;
  owner: string | null;
  digest: string;
  createdAt: number;
};

/** Stands in place of an id for the deployment's own admin key, which is in no registry. */
export const deploymentKeyId = "deployment";

/** What a new key is good for. */
export type ApiKeyGrant = Pick<ApiKeyRecord, "role" | "label" | "decisionId" | "owner">;

/** The keys that a deployment issues: it knows them by themselves, before it asks who holds one. */
export interface ApiKeyNames {
  /** Makes a key `eg_<id>_<secret>_<mac>`, and the record that keeps it. */
  issue(grant: ApiKeyGrant, now: number): { key: string; record: ApiKeyRecord };
  /** The id inside a key, or null where the text is no key that this deployment ever issued. */
  idIn(key: string): string | null;
}

/** @throws when ID_KEYS is not of its form. */
export function apiKeyNames(idKeys: string): ApiKeyNames {
  const secrets = namedSecrets(idKeys, { prefix: "eg", purpose: "api key/1" });
  return {
    issue(grant, now) {
      const { text, id, digest } = secrets.make();
      return { key: text, record: { id, ...grant, digest, createdAt: now } };
    },
    idIn: (key) => secrets.idIn(key),
  };
}
