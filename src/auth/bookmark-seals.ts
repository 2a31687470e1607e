import { base64url } from "jose";
import { limits } from "../shared/limits.ts";
import { keysFor } from "./message-macs.ts";
import { readTokenKeys } from "./token-keys.ts";

/** Bookmarks as readers keep them. */
export interface BookmarkSeals {
  /**
   * The same bookmark looks different each time, since one that moves tells of votes that were
   * written: AES-256-GCM (NIST SP 800-38D) with a random nonce, all of one length, in base64url.
   * Null where it is longer than any that is known.
   */
  seal(bookmark: string): Promise<string | null>;
  /** Null for one that no key of the deployment has sealed, of another kind of database, or old. */
  open(sealed: string): Promise<string | null>;
}

interface BookmarkSealSettings {
  /** Of the database that gave the bookmark. */
  kind: string;
  now: () => number;
}

const nonceBytes = 12;
const tagBytes = 16;
const sealedBytes = nonceBytes + limits.sealedBookmarkBytes + tagBytes;
/** Of a bookmark as readers keep it, in base64url. */
export const sealedBookmarkCharacters = Math.ceil((sealedBytes * 8) / 6);

/**
 * Seals under keys that are derived from ID_KEYS: the first seals, all open.
 * @throws when the keys are not of their form.
 */
export function bookmarkSeals(keyText: string, { kind, now }: BookmarkSealSettings): BookmarkSeals {
  const keys = keysFor(readTokenKeys(keyText, "ID_KEYS"), "bookmark").map((key) => {
    // Imported with its first use, and kept: of a promise no other request may wait.
    let imported: SealKey | null = null;
    return async () => (imported ??= await importKey(key));
  });

  const openWith = async (key: SealKey, bytes: Uint8Array<ArrayBuffer>) => {
    try {
      const iv = bytes.subarray(0, nonceBytes);
      const sealed = bytes.subarray(nonceBytes);
      return await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
    } catch {
      return null;
    }
  };

  return {
    async seal(bookmark) {
      const [first] = keys;
      if (first === undefined || bookmark.length > limits.bookmarkCharactersMax) return null;
      const text = JSON.stringify([kind, now(), bookmark]).padEnd(limits.sealedBookmarkBytes);
      const plain = new TextEncoder().encode(text);
      if (plain.length !== limits.sealedBookmarkBytes) return null;
      const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await first(), plain);
      return base64url.encode(Uint8Array.of(...iv, ...new Uint8Array(sealed)));
    },

    async open(sealed) {
      if (sealed.length !== sealedBookmarkCharacters || !/^[\w-]+$/.test(sealed)) return null;
      const bytes = new Uint8Array(base64url.decode(sealed));
      for (const key of keys) {
        const plain = await openWith(await key(), bytes);
        if (plain === null) continue;
        // What this deployment has sealed is of this form.
        const [from, at, bookmark] = JSON.parse(new TextDecoder().decode(plain)) as Sealed;
        return from === kind && now() - at <= limits.bookmarkMsMax ? bookmark : null;
      }
      return null;
    },
  };
}

type SealKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
type Sealed = [kind: string, at: number, bookmark: string];

function importKey(key: Uint8Array): Promise<SealKey> {
  const bytes = new Uint8Array(key);
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}
