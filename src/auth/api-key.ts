import { randomBytes, timingSafeEqual } from "node:crypto";
import { sha256Hex } from "./digest.ts";

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
 * that keys come and go and the decisions stay.
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

/**
 * Makes a key `eg_<id>_<secret>` with 256 random bits, and the record that keeps it. A fast digest
 * is enough for a secret that can't be guessed.
 */
export function issueApiKey(
  grant: Pick<ApiKeyRecord, "role" | "label" | "decisionId" | "owner">,
  now: number,
): { key: string; record: ApiKeyRecord } {
  const id = randomBytes(8).toString("hex");
  const key = `eg_${id}_${randomBytes(32).toString("hex")}`;
  return { key, record: { id, ...grant, digest: sha256Hex(key), createdAt: now } };
}

/** The id inside a key, or null where the text is no key of ours. */
export function apiKeyId(key: string): string | null {
  return /^eg_([0-9a-f]{16})_[0-9a-f]{64}$/.exec(key)?.[1] ?? null;
}

/** Compares in constant time, by digests of equal length. */
export function isKeyWithDigest(key: string, digest: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(key)), Buffer.from(digest));
}
