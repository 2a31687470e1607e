import { randomBytes, timingSafeEqual } from "node:crypto";
import { sha256Hex } from "./digest.ts";

export type KeyRole = "admin" | "station";

/** An API key as it is kept: its secret part only as a digest. A null decisionId means every decision. */
export type ApiKeyRecord = {
  id: string;
  role: KeyRole;
  label: string;
  decisionId: string | null;
  digest: string;
  createdAt: number;
};

/** Makes a key `eg_<id>_<secret>` with 256 random bits, and the record that keeps it. A fast digest is enough for a secret that can't be guessed. */
export function issueApiKey(
  grant: Pick<ApiKeyRecord, "role" | "label" | "decisionId">,
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
