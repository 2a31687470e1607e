import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { framed } from "../shared/framed.ts";
import { fromHex } from "../shared/hex.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/** A signature with the key that made it: base64url of 64 bytes (RFC 8032). */
export interface NamedSignature {
  key_id: string;
  signature: string;
}

/** A public key as it is published (RFC 8037). */
export interface PublicSigningKey {
  kty: "OKP";
  crv: "Ed25519";
  alg: "EdDSA";
  use: "sig";
  kid: string;
  x: string;
}

/** The deployment's signatures: what it has acknowledged, and what came of it, can be shown to all. */
export interface ReceiptKeys {
  keyId: string;
  /** Every key that signs or did, for whoever verifies. */
  publicKeys: readonly PublicSigningKey[];
  /** That this ballot was acknowledged; it tells neither its voter nor its choice. */
  signReceipt: (decisionId: string, ballotHash: string) => NamedSignature;
  /** That this is the outcome; `text` is canonical JSON (RFC 8785). */
  signOutcome: (text: string) => NamedSignature;
}

/** The start of a private key's PKCS #8 (RFC 8410, 7): its 32 bytes follow. */
const pkcs8Head = fromHex("302e020100300506032b657004220420");

/**
 * Reads `kid:base64url-seed` pairs with commas between, each seed of 32 bytes (RFC 8032, 5.1.5).
 * The first signs; the others are published, so that what they signed can be verified.
 * @throws when the text is not of that form; what it says names the variable and no key.
 */
export function receiptKeys(text: string | undefined): ReceiptKeys {
  if (!text) throw new LoggableError("RECEIPT_SIGNING_KEYS is missing");
  const keys = text.split(",").map(readKey);
  const [signer] = keys;
  if (signer === undefined) throw new LoggableError("no key signs receipts");
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new LoggableError("RECEIPT_SIGNING_KEYS must give each key a kid of its own");
  }
  const { kid: keyId, key } = signer;
  const signBytes = (bytes: Uint8Array): NamedSignature => ({
    key_id: keyId,
    signature: sign(null, bytes, key).toString("base64url"),
  });
  return {
    keyId,
    publicKeys: keys.map(({ kid, key: secret }) => publicKeyOf(kid, secret)),
    signReceipt: (decisionId, hash) => signBytes(receiptBytes(decisionId, hash)),
    signOutcome: (outcome) => signBytes(outcomeBytes(outcome)),
  };
}

/** Whether a published key has made this signature of a receipt. */
export function isReceiptSigned(
  { decisionId, ballotHash }: { decisionId: string; ballotHash: string },
  given: NamedSignature,
  keys: readonly PublicSigningKey[],
): boolean {
  return isSigned(receiptBytes(decisionId, ballotHash), given, keys);
}

/** Whether a published key has made this signature of an outcome's canonical JSON. */
export function isOutcomeSigned(
  text: string,
  given: NamedSignature,
  keys: readonly PublicSigningKey[],
): boolean {
  return isSigned(outcomeBytes(text), given, keys);
}

function isSigned(
  bytes: Uint8Array,
  { key_id, signature }: NamedSignature,
  keys: readonly PublicSigningKey[],
): boolean {
  const key = keys.find(({ kid }) => kid === key_id);
  if (key === undefined) return false;
  const publicKey = createPublicKey({
    key: { kty: key.kty, crv: key.crv, x: key.x },
    format: "jwk",
  });
  return verify(null, bytes, publicKey, Buffer.from(signature, "base64url"));
}

function receiptBytes(decisionId: string, ballotHash: string): Uint8Array {
  return framed("enviro-governance/receipt/1", decisionId, fromHex(ballotHash));
}

function outcomeBytes(text: string): Uint8Array {
  return framed("enviro-governance/outcome/1", text);
}

function readKey(pair: string): { kid: string; key: KeyObject } {
  const [, kid, seed] = /^\s*([A-Za-z0-9._-]{1,64}):([A-Za-z0-9_-]{43})\s*$/.exec(pair) ?? [];
  if (kid === undefined || seed === undefined) {
    throw new LoggableError(
      "RECEIPT_SIGNING_KEYS must be kid:seed pairs, each seed 32 bytes in base64url",
    );
  }
  const der = Buffer.concat([pkcs8Head, Buffer.from(seed, "base64url")]);
  return { kid, key: createPrivateKey({ key: der, format: "der", type: "pkcs8" }) };
}

function publicKeyOf(kid: string, secret: KeyObject): PublicSigningKey {
  const { x = "" } = createPublicKey(secret).export({ format: "jwk" });
  return { kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig", kid, x };
}
