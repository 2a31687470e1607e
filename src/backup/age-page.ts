import { limits } from "../shared/limits.ts";
import { toBase64 } from "./kept-value.ts";

/** A page with the mac of the deployment that made it. */
export interface SignedPage {
  text: string;
  mac: string;
}

let loaded: typeof import("age-encryption") | null = null;

/** The library, which is loaded when it is needed: no vote waits for it. Requests share no promise. */
async function age(): Promise<typeof import("age-encryption")> {
  loaded ??= await import("age-encryption");
  return loaded;
}

/** Whether this text names somebody to whom can be encrypted: an age recipient. */
export async function isRecipient(text: string): Promise<boolean> {
  if (text === "") return false;
  const { Encrypter } = await age();
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Encrypts a page to a recipient; an age file in base64. It is filled up with blanks, so that its
 * length tells little.
 */
export async function encryptPage({ text, mac }: SignedPage, recipient: string): Promise<string> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const bytes = new TextEncoder().encode(`${mac}\n${text}`);
  const step = limits.backupPadCharacters;
  const filled = new Uint8Array(Math.ceil(bytes.length / step) * step).fill(blank);
  filled.set(bytes);
  return toBase64(await encrypter.encrypt(filled));
}

const blank = 32;

/**
 * Decrypts a page, an age file, with whichever of these identities can.
 * @throws where none can, or it was changed
 */
export async function decryptPage(
  file: Uint8Array,
  identities: readonly string[],
): Promise<SignedPage> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const filled = await decrypter.decrypt(file, "text");
  const end = filled.indexOf("\n");
  // The last of its lines ends where the blanks begin.
  return { mac: filled.slice(0, end), text: filled.slice(end + 1, filled.lastIndexOf("\n") + 1) };
}
