import { hexBytes, hexDigits } from "../page/hex.js";

/**
 * @import { ApiReceipt, ApiSigningKey } from "../../contract.ts"
 *
 * @typedef {object} SentVote What was sent, and what of the ballot is known beside it.
 * @property {string} decisionId
 * @property {"yes" | "no" | "abstain" | "withdrawn"} choice
 * @property {string} nonce 32 bytes in hexadecimal digits, as all of these values
 * @property {{ region: string, weight: number }} [cell] where the voter knows them
 *
 * @typedef {"verified" | "unchecked"} SignatureCheck `unchecked` where this browser knows no
 *   Ed25519, or the keys could not be read
 */

const utf8 = new TextEncoder();

/** The receipt is not of the vote that was sent, or nobody known has signed it. */
export class ReceiptMismatch extends Error {}

/**
 * Holds a receipt against the vote that it answers (docs/receipts.md): whoever has recorded
 * something else cannot make the same hash. Throws a `ReceiptMismatch` where it does not fit.
 * @param {ApiReceipt} receipt
 * @param {SentVote} sent
 * @param {readonly ApiSigningKey[] | null} keys the deployment's; null where they can't be read
 * @returns {Promise<SignatureCheck>}
 */
export async function checkReceipt(receipt, sent, keys) {
  if (receipt.decision_id !== sent.decisionId) {
    throw new ReceiptMismatch("It is of another decision.");
  }
  if ((await hashOf(sent, receipt)) !== receipt.ballot_hash) {
    throw new ReceiptMismatch("What was recorded is not this choice.");
  }
  if (sent.cell !== undefined && (await cellOf(receipt.u, sent.cell)) !== receipt.c) {
    throw new ReceiptMismatch("The recorded region or weight is another than your token’s.");
  }
  return keys === null ? "unchecked" : checkSignature(receipt, keys);
}

/**
 * @param {ApiReceipt} receipt
 * @param {readonly ApiSigningKey[]} keys
 * @returns {Promise<SignatureCheck>}
 */
async function checkSignature(receipt, keys) {
  const key = keys.find(({ kid }) => kid === receipt.key_id);
  if (key === undefined) throw new ReceiptMismatch("The key that signed it is not published.");
  const publicKey = await importKey(key);
  if (publicKey === null) return "unchecked";
  const signed = framed([
    "enviro-governance/receipt/1",
    receipt.decision_id,
    hexBytes(receipt.ballot_hash),
  ]);
  const signature = fromBase64url(receipt.signature);
  const isSigned = await crypto.subtle.verify("Ed25519", publicKey, signature, signed);
  if (!isSigned) throw new ReceiptMismatch("Its signature is not of the published key.");
  return "verified";
}

/**
 * Null in a browser that knows no Ed25519, as some of 2024 do not.
 * @param {ApiSigningKey} key
 */
function importKey({ kty, crv, x }) {
  return crypto.subtle
    .importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"])
    .catch(() => null);
}

/**
 * @param {SentVote} sent
 * @param {Pick<ApiReceipt, "r" | "c">} receipt
 */
async function hashOf({ decisionId, choice, nonce }, { r, c }) {
  const k = await sha256(hexBytes(nonce + r));
  return hexDigits(
    await sha256(framed(["enviro-governance/ballot/1", decisionId, choice, k, hexBytes(c)])),
  );
}

/**
 * @param {string} u
 * @param {{ region: string, weight: number }} cell
 */
async function cellOf(u, { region, weight }) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(weight));
  return hexDigits(await sha256(joined([hexBytes(u), framed([region, bytes])])));
}

/**
 * Parts as one run of bytes that no other parts give: each after its length, four bytes, big-endian.
 * @param {readonly (string | Uint8Array)[]} parts texts as UTF-8
 */
function framed(parts) {
  const pieces = parts.flatMap((part) => {
    const bytes = typeof part === "string" ? utf8.encode(part) : part;
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return [length, bytes];
  });
  return joined(pieces);
}

/** @param {readonly Uint8Array[]} pieces */
function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** @param {string} text */
function fromBase64url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
