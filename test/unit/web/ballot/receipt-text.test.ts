import { describe, expect, test } from "vitest";
import { readProof } from "../../../../src/web/ballot/read-proof.ts";
import { readReceipt } from "../../../../src/verification/receipt-text.ts";
import { receiptLink } from "../../../../src/web/ballot/receipt-link.ts";
import { receiptFileName, receiptText } from "../../../../src/web/ballot/receipt-text.ts";
import { vectorKey, vectorReceipt, vectorVote } from "../../../support/vector-receipt.ts";

const { choice, nonce } = vectorVote;
const ballot = { choice, nonce, receipt: vectorReceipt, publicKey: vectorKey.x };
const text = receiptText(ballot, "Shall it be?");

describe("a receipt as a file", () => {
  test("suffices to check the ballot, and its first part tells neither choice nor proof", () => {
    expect(text.split("\n\n")).toEqual([
      "Enviro-Governance ballot receipt",
      [
        "To show to anybody: this ballot was acknowledged. It tells neither whose it is nor its choice.",
        "Question: Shall it be?",
        "Decision: delta-2027",
        `Ballot hash: ${vectorReceipt.ballot_hash}`,
        "Signed with key: k1",
        `Public key: ${vectorKey.x}`,
        `Signature: ${vectorReceipt.signature}`,
      ].join("\n"),
      [
        "For you alone: whoever sees it knows your choice, can follow your vote and can change it.",
        "Choice: yes",
        `Nonce: ${nonce}`,
        `Your proof (r): ${vectorReceipt.r}`,
        `u: ${vectorReceipt.u}`,
        `c: ${vectorReceipt.c}`,
        "",
      ].join("\n"),
    ]);
    expect(receiptFileName(vectorReceipt)).toBe("receipt-delta-2027-4dcb4ec2.txt");
  });

  test("names no public key that could not be read", () => {
    expect(receiptText({ ...ballot, publicKey: null }, "Q")).not.toContain("Public key");
  });
});

describe("a receipt as a QR code", () => {
  const link = receiptLink(ballot, "https://vote.example");

  test("is a link to the check, which reads the same values as from the file", () => {
    expect(new URL(link).origin + new URL(link).pathname).toBe("https://vote.example/verify");
    expect(new URL(link).search).toBe("");
    const { publicKey: _, ...values } = readReceipt(text) ?? { publicKey: null };
    expect(values).toHaveProperty("own.r", vectorReceipt.r);
    expect(readReceipt(new URL(link).hash)).toEqual({ ...values, publicKey: null });
  });

  test("has the proof in its link, also where other values come after it", () => {
    expect(readProof(link)).toBe(vectorReceipt.r);
    expect(readProof(`https://vote.example/verify#r=${vectorReceipt.r}`)).toBe(vectorReceipt.r);
    expect(readProof(link.replace("&r=", "&x="))).toBeNull();
  });
});

describe("a proof", () => {
  test.each([
    ["a whole receipt", text],
    ["one with another system's ends of lines", text.replaceAll("\n", "\r\n")],
    ["its digits alone", ` ${vectorReceipt.r}\n`],
  ])("is found in %s", (_, pasted) => {
    expect(readProof(pasted)).toBe(vectorReceipt.r);
  });

  test.each(["", "yes", vectorReceipt.r.slice(1), text.split("For you alone")[0] ?? ""])(
    "is not seen in %j",
    (pasted) => {
      expect(readProof(pasted)).toBeNull();
    },
  );
});
