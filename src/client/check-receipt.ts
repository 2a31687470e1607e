import { framed } from "../shared/framed.ts";
import { fromHex, toHex } from "../shared/hex.ts";
import { ForeignReceipt } from "./client-errors.ts";
import type { Answer } from "./routes.ts";

export type SignedReceipt = Answer<"POST /api/v1/voting/cast-vote">;
export type SigningKey = Answer<"GET /.well-known/enviro-governance/keys">["keys"][number];

/** What a voter has sent, and what of the ballot the voter knows beside it. */
export interface SentVote {
  decisionId: string;
  choice: "yes" | "no" | "abstain" | "withdrawn";
  /** 32 bytes in hexadecimal digits, as all of these values. */
  nonce: string;
  /** Region and weight, where the voter knows them: then `u` is checked too. */
  cell?: { region: string; weight: number };
}

/**
 * Holds a receipt against the vote that it answers (docs/receipts.md): whoever has recorded
 * something else cannot make the same hash.
 * @param keys the deployment's public keys
 * @throws {ForeignReceipt} it does not fit
 */
export async function requireOwnReceipt(
  receipt: SignedReceipt,
  sent: SentVote,
  keys: readonly SigningKey[],
): Promise<void> {
  await requireSentBallot(receipt, sent);
  await requirePublishedSignature(receipt, keys);
}

/**
 * Remakes the receipt's hash from the vote that was sent.
 * @throws {ForeignReceipt} another ballot was recorded
 */
export async function requireSentBallot(receipt: SignedReceipt, sent: SentVote): Promise<void> {
  if (receipt.decision_id !== sent.decisionId) throw new ForeignReceipt("decision");
  if ((await hashOf(sent, receipt)) !== receipt.ballot_hash) throw new ForeignReceipt("choice");
  if (sent.cell !== undefined && (await cellOf(receipt.u, sent.cell)) !== receipt.c) {
    throw new ForeignReceipt("cell");
  }
}

/**
 * Verifies the receipt's signature (Ed25519, RFC 8032) by the key that it names, which it answers.
 * @throws {ForeignReceipt} the key is not among `keys`, or did not sign it
 */
export async function requirePublishedSignature(
  receipt: SignedReceipt,
  keys: readonly SigningKey[],
): Promise<SigningKey> {
  const key = keys.find(({ kid }) => kid === receipt.key_id);
  if (key === undefined) throw new ForeignReceipt("key");
  const jwk = { kty: key.kty, crv: key.crv, x: key.x };
  const publicKey = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
  const { decision_id: decisionId, ballot_hash: hash } = receipt;
  const signed = framed("enviro-governance/receipt/1", decisionId, fromHex(hash));
  const signature = decodeSignature(receipt.signature);
  const isSigned = await crypto.subtle.verify("Ed25519", publicKey, signature, bytesOf(signed));
  if (!isSigned) throw new ForeignReceipt("signature");
  return key;
}

async function hashOf(
  { decisionId, choice, nonce }: SentVote,
  { r, c }: Pick<SignedReceipt, "r" | "c">,
): Promise<string> {
  const k = await sha256(fromHex(nonce + r));
  const ballot = framed("enviro-governance/ballot/1", decisionId, choice, k, fromHex(c));
  return toHex(await sha256(ballot));
}

async function cellOf(
  u: string,
  { region, weight }: { region: string; weight: number },
): Promise<string> {
  const cell = framed(region, BigInt(weight));
  return toHex(await sha256(Uint8Array.of(...fromHex(u), ...cell)));
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(bytes)));
}

/** A copy in memory of its own, as WebCrypto's types ask for. */
function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function decodeSignature(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]{86}$/.test(text)) throw new ForeignReceipt("signature");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
