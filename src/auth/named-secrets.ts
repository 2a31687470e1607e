import { randomBytes, timingSafeEqual } from "node:crypto";
import { sha256Hex } from "./digest.ts";
import { nameMacs } from "./name-macs.ts";

/** A secret as it is given out once, and what is kept of it: its id, and a digest of the whole. */
export interface NamedSecret {
  text: string;
  id: string;
  digest: string;
}

/** Secrets that a deployment gives out: it knows them by themselves, before it asks for one. */
export interface NamedSecrets {
  /**
   * Makes a secret `<prefix>_<id>_<secret>_<mac>` with 256 random bits. A fast digest is enough for
   * what can't be guessed.
   */
  make(): NamedSecret;
  /** The id inside a secret, or null where the text is none that this deployment ever made. */
  idIn(text: string): string | null;
}

/** What secrets of one kind begin with, and what keeps their macs from being those of another. */
interface SecretKind {
  prefix: string;
  purpose: string;
}

/** @throws when ID_KEYS is not of its form. */
export function namedSecrets(idKeys: string, { prefix, purpose }: SecretKind): NamedSecrets {
  const macs = nameMacs(idKeys, { purpose, macDigits: 16 });
  const pattern = new RegExp(`^${prefix}_(([0-9a-f]{16})_[0-9a-f]{64})_([0-9a-f]{16})$`);
  return {
    make() {
      const id = randomBytes(8).toString("hex");
      const name = `${id}_${randomBytes(32).toString("hex")}`;
      const text = `${prefix}_${name}_${macs.sign(name)}`;
      return { text, id, digest: sha256Hex(text) };
    },
    idIn(text) {
      const [, name, id, mac] = pattern.exec(text) ?? [];
      if (name === undefined || id === undefined || mac === undefined) return null;
      return macs.verify(name, mac) ? id : null;
    },
  };
}

/** Compares in constant time, by digests of equal length. */
export function isSecretWithDigest(text: string, digest: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(text)), Buffer.from(digest));
}
