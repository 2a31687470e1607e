import { expect, test } from "vitest";
import { receiptFileName, receiptText } from "../../../src/web/public/ballot/receipt-text.js";

const receipt = {
  decision_id: "delta",
  shard: 3,
  seq: 48_211,
  ballot_hash: "ab".repeat(32),
  accepted_at: "2026-11-23T12:00:00.123Z",
};

test("a receipt names the ballot's place and hash, and not the choice", () => {
  expect(receiptText(receipt, "Shall it be?")).toBe(
    [
      "Enviro-Governance ballot receipt",
      "",
      "Question: Shall it be?",
      "Decision: delta",
      "Shard: 3",
      "Number: 48211",
      `Ballot hash (SHA-256): ${"ab".repeat(32)}`,
      "Accepted at: 2026-11-23T12:00:00.123Z",
      "",
    ].join("\n"),
  );
  expect(receiptFileName(receipt)).toBe("receipt-delta-3-48211.txt");
});
