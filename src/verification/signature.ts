import { framed } from "../shared/framed.ts";
import { fromHex } from "../shared/hex.ts";

/** A public key as it is published (RFC 8037); `x` is 32 bytes in base64url. */
export interface PublishedKey {
  kid: string;
  x: string;
}

/** A signature with the name of its key: base64url of 64 bytes (RFC 8032). */
export interface GivenSignature {
  key_id: string;
  signature: string;
}

/** `unsupported` where the runtime knows no Ed25519, or keeps it from an insecure page. */
export type SignatureState = "valid" | "invalid" | "unsupported";

/** What is signed of an outcome; `text` is canonical JSON (RFC 8785). */
export function outcomePayload(text: string): Uint8Array {
  return framed("enviro-governance/outcome/1", text);
}

/** What is signed of a receipt. */
export function receiptPayload(decisionId: string, ballotHash: string): Uint8Array {
  return framed("enviro-governance/receipt/1", decisionId, fromHex(ballotHash));
}

/** Whether a key has signed these bytes (RFC 8032, Ed25519), by WebCrypto. */
export async function verifySignature(
  payload: Uint8Array,
  { signature }: Pick<GivenSignature, "signature">,
  { x }: Pick<PublishedKey, "x">,
): Promise<SignatureState> {
  const [given, point] = [bytesOfBase64url(signature, 64), bytesOfBase64url(x, 32)];
  if (given === null || point === null) return "invalid";
  // A page that came over plain HTTP has none, whatever its types say.
  const { subtle } = (globalThis as { crypto?: Partial<typeof crypto> }).crypto ?? {};
  if (subtle === undefined) return "unsupported";
  const jwk = { kty: "OKP", crv: "Ed25519", x };
  let key: Awaited<ReturnType<typeof subtle.importKey>>;
  try {
    key = await subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
  } catch (error) {
    // A point that is none is a DataError.
    const isNoPoint = error instanceof Error && error.name === "DataError";
    return isNoPoint ? "invalid" : "unsupported";
  }
  const isValid = await subtle.verify("Ed25519", key, given, new Uint8Array(payload));
  return isValid ? "valid" : "invalid";
}

/** The bytes of base64url in its one spelling; null where it is another, or of another length. */
export function bytesOfBase64url(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    // The last character has bits that say nothing: they are zeros.
    const spelled = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return bytes.length === length && spelled === text ? bytes : null;
  } catch {
    return null;
  }
}
