import { describe, expect, it } from "vitest";
import { isOutcomeSigned, isReceiptSigned, receiptKeys } from "../../../src/auth/receipt-keys.ts";
import { ballotVectors } from "../../support/ballot-vectors.ts";

const { decision_id: decisionId, receipt, outcome } = ballotVectors;
const receiptOf = { decisionId, ballotHash: receipt.ballot_hash };
const keys = receiptKeys(`k1:${receipt.seed}`);
const otherSeed = "A".repeat(43);
const named = (signature: string) => ({ key_id: receipt.key_id, signature });

describe("the key of a seed", () => {
  it("is that of the first test of RFC 8032, 7.1, published as RFC 8037 has it", () => {
    const seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const x = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const text = `k1:${Buffer.from(seed, "hex").toString("base64url")}`;
    expect(receiptKeys(text).publicKeys).toEqual([
      {
        kty: "OKP",
        crv: "Ed25519",
        alg: "EdDSA",
        use: "sig",
        kid: "k1",
        x: Buffer.from(x, "hex").toString("base64url"),
      },
    ]);
  });
});

describe("the signature of a receipt", () => {
  it("is that of the vector, each time", () => {
    for (let turn = 0; turn < 2; turn += 1) {
      expect(keys.signReceipt(decisionId, receipt.ballot_hash)).toEqual(named(receipt.signature));
    }
  });

  it("is verified by the published key, for this decision and hash alone", () => {
    const { publicKeys } = keys;
    const given = named(receipt.signature);
    expect(isReceiptSigned(receiptOf, given, publicKeys)).toBe(true);
    expect(isReceiptSigned({ ...receiptOf, decisionId: "gamma" }, given, publicKeys)).toBe(false);
    const another = { ...receiptOf, ballotHash: "0".repeat(64) };
    expect(isReceiptSigned(another, given, publicKeys)).toBe(false);
  });

  it("is not verified where it was changed, or by a key that has another name or is another", () => {
    const { publicKeys } = keys;
    for (const signature of ["", "A".repeat(86), receipt.signature.slice(0, -4)])
      expect(isReceiptSigned(receiptOf, named(signature), publicKeys)).toBe(false);
    const renamed = { ...named(receipt.signature), key_id: "k2" };
    expect(isReceiptSigned(receiptOf, renamed, publicKeys)).toBe(false);
    expect(isReceiptSigned(receiptOf, named(receipt.signature), [])).toBe(false);
    const other = receiptKeys(`k1:${otherSeed}`);
    expect(isReceiptSigned(receiptOf, named(receipt.signature), other.publicKeys)).toBe(false);
  });
});

describe("the signature of an outcome", () => {
  it("is that of the vector, for this text alone", () => {
    const given = named(outcome.signature);
    expect(keys.signOutcome(outcome.text)).toEqual(given);
    expect(isOutcomeSigned(outcome.text, given, keys.publicKeys)).toBe(true);
    expect(isOutcomeSigned(`${outcome.text} `, given, keys.publicKeys)).toBe(false);
  });

  it("is never that of a receipt", () => {
    expect(isReceiptSigned(receiptOf, named(outcome.signature), keys.publicKeys)).toBe(false);
    expect(isOutcomeSigned(outcome.text, named(receipt.signature), keys.publicKeys)).toBe(false);
  });
});

describe("several keys", () => {
  it("are all published in their order, and the first signs", () => {
    const rotated = receiptKeys(`k2:${otherSeed}, k1:${receipt.seed}`);
    expect(rotated.keyId).toBe("k2");
    expect(rotated.publicKeys.map(({ kid }) => kid)).toEqual(["k2", "k1"]);
    expect(rotated.signReceipt(decisionId, receipt.ballot_hash).key_id).toBe("k2");
    expect(isReceiptSigned(receiptOf, named(receipt.signature), rotated.publicKeys)).toBe(true);
    const newer = rotated.signReceipt(decisionId, receipt.ballot_hash);
    expect(isReceiptSigned(receiptOf, newer, rotated.publicKeys)).toBe(true);
    expect(isReceiptSigned(receiptOf, newer, keys.publicKeys)).toBe(false);
  });

  it("have names of their own", () => {
    expect(() => receiptKeys(`k1:${otherSeed},k1:${receipt.seed}`)).toThrow("RECEIPT_SIGNING_KEYS");
  });
});

describe("a text that is no list of keys", () => {
  it.each([
    ["of nothing", ""],
    ["without a name", otherSeed],
    ["with an empty name", `:${otherSeed}`],
    ["with a shorter seed", `k1:${"A".repeat(42)}`],
    ["with a longer seed", `k1:${"A".repeat(44)}`],
    ["with another alphabet", `k1:${"+".repeat(43)}`],
    ["with a comma too many", `k1:${otherSeed},`],
    ["with a name too long", `${"k".repeat(65)}:${otherSeed}`],
  ])("is refused %s, by the name of the variable and without any key", (_, text) => {
    const refuse = () => receiptKeys(text);
    expect(refuse).toThrow("RECEIPT_SIGNING_KEYS");
    expect(refuse).not.toThrow(/[A+]{30}/);
  });
});
