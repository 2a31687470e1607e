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
  if (receipt.decision_id !== sent.decisionId) {
    throw new ForeignReceipt("it is of another decision");
  }
  if ((await hashOf(sent, receipt)) !== receipt.ballot_hash) {
    throw new ForeignReceipt("the recorded ballot is not this choice with this nonce");
  }
  if (sent.cell !== undefined && (await cellOf(receipt.u, sent.cell)) !== receipt.c) {
    throw new ForeignReceipt("the recorded region or weight is another");
  }
  await checkSignature(receipt, keys);
}

async function checkSignature(receipt: SignedReceipt, keys: readonly SigningKey[]): Promise<void> {
  const key = keys.find(({ kid }) => kid === receipt.key_id);
  if (key === undefined) throw new ForeignReceipt("the key that signed it is not published");
  const jwk = { kty: key.kty, crv: key.crv, x: key.x };
  const publicKey = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
  const { decision_id: decisionId, ballot_hash: hash } = receipt;
  const signed = framed("enviro-governance/receipt/1", decisionId, fromHex(hash));
  const signature = fromBase64url(receipt.signature);
  const isSigned = await crypto.subtle.verify("Ed25519", publicKey, signature, bytesOf(signed));
  if (!isSigned) throw new ForeignReceipt("its signature is not of the published key");
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

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
