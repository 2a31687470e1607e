import { ballotVectors } from "./ballot-vectors.ts";

const { decision_id: decisionId, receipt: signed, ballots } = ballotVectors;
const [ballot] = ballots;
if (ballot === undefined) throw new Error("there is a ballot among the vectors");

/** A vote, its receipt and the key that signed it, as the test vectors have them. */
export const vectorVote = {
  decisionId,
  choice: ballot.choice,
  nonce: ballot.nonce,
  cell: { region: ballot.region, weight: ballot.weight },
};
export const vectorReceipt = {
  decision_id: decisionId,
  ballot_hash: ballot.hash,
  r: ballot.r,
  u: ballot.u,
  c: ballot.c,
  key_id: signed.key_id,
  signature: signed.signature,
};
export const vectorKey = {
  kty: "OKP",
  crv: "Ed25519",
  alg: "EdDSA",
  use: "sig",
  kid: signed.key_id,
  x: signed.public_key,
} as const;

const other = "00".repeat(32);
const [, second] = ballots;

/** What a receipt may be instead of the right one, and what of it is told. */
export const wrongReceipts = [
  ["another decision's", { decision_id: "elsewhere" }, "another decision"],
  ["another voter's", { ballot_hash: second?.hash ?? other }, "not this choice"],
  ["one with another r", { r: other }, "not this choice"],
  ["one with another c", { c: other }, "not this choice"],
  ["one whose u opens another region or weight", { u: other }, "region or weight"],
  ["one signed by a key that nobody published", { key_id: "k2" }, "not published"],
  ["one whose signature is none", { signature: "!" }, "signature"],
  ["one whose signature is not the key's", { signature: "A".repeat(86) }, "signature"],
] as const;
