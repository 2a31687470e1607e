import { expect, test } from "vitest";
import {
  findingWords,
  receiptFileName,
  receiptText,
} from "../../../src/web/public/ballot/receipt-text.js";

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

test.each([
  [
    7,
    0,
    "Keep it: after closing, the list of votes shows your ballot at this place with this hash.",
  ],
  [null, 0, "Keep it: after closing, the list of votes shows your ballot with this hash."],
  [
    7,
    5,
    "Keep it: after closing, the list of votes shows your ballot at this place with this hash. If your region is too small to be shown by itself, the hash is left out: look for its place.",
  ],
  [
    null,
    5,
    "Keep it: after closing, the list of votes shows your ballot with this hash. If your region is too small to be shown by itself, the hash is left out: look for its shard and time.",
  ],
])(
  "a receipt with the number %s where regions below %s are merged says how its ballot is found",
  (seq, small_cells_min, words) => {
    expect(findingWords({ seq }, { small_cells_min })).toBe(words);
  },
);
