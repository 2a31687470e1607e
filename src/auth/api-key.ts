import { randomBytes, timingSafeEqual } from "node:crypto";
import { sha256Hex } from "./digest.ts";
import { nameMacs, type NameMacs } from "./name-macs.ts";

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

/** What a new key is good for. */
export type ApiKeyGrant = Pick<ApiKeyRecord, "role" | "label" | "decisionId" | "owner">;

/** The keys that a deployment issues: it knows them by themselves, before it asks who holds one. */
export interface ApiKeyNames {
  /**
   * Makes a key `eg_<id>_<secret>_<mac>` with 256 random bits, and the record that keeps it. A fast
   * digest is enough for a secret that can't be guessed.
   */
  issue(grant: ApiKeyGrant, now: number): { key: string; record: ApiKeyRecord };
  /** The id inside a key, or null where the text is no key that this deployment ever issued. */
  idIn(key: string): string | null;
}

/** @throws when ID_KEYS is not of its form. */
export function apiKeyNames(idKeys: string): ApiKeyNames {
  const macs: NameMacs = nameMacs(idKeys, { purpose: "api key/1", macDigits: 16 });
  return {
    issue(grant, now) {
      const id = randomBytes(8).toString("hex");
      const name = `${id}_${randomBytes(32).toString("hex")}`;
      const key = `eg_${name}_${macs.sign(name)}`;
      return { key, record: { id, ...grant, digest: sha256Hex(key), createdAt: now } };
    },
    idIn(key) {
      const [, name, id, mac] = /^eg_(([0-9a-f]{16})_[0-9a-f]{64})_([0-9a-f]{16})$/.exec(key) ?? [];
      if (name === undefined || id === undefined || mac === undefined) return null;
      return macs.verify(name, mac) ? id : null;
    },
  };
}

/** Compares in constant time, by digests of equal length. */
export function isKeyWithDigest(key: string, digest: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(key)), Buffer.from(digest));
}
