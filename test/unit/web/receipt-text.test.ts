import { expect, test } from "vitest";
import { receiptFileName, receiptText } from "../../../src/web/public/ballot/receipt-text.js";

const receipt = {
  decision_id: "delta",
  ballot_hash: "ab".repeat(32),
  r: "cd".repeat(32),
  u: "ef".repeat(32),
  c: "0a".repeat(32),
  key_id: "k1",
  signature: "signed",
};

test("a receipt names the ballot's hash, its voter's proof and the signature, and not the choice", () => {
  expect(receiptText(receipt, "Shall it be?")).toBe(
    [
      "Enviro-Governance ballot receipt",
      "",
      "Question: Shall it be?",
      "Decision: delta",
      `Ballot hash: ${"ab".repeat(32)}`,
      `r (your proof; keep it to yourself): ${"cd".repeat(32)}`,
      `u: ${"ef".repeat(32)}`,
      "Signed with key: k1",
      "Signature: signed",
      "",
    ].join("\n"),
  );
  expect(receiptFileName(receipt)).toBe("receipt-delta-abababab.txt");
});
