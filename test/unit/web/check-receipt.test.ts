import { describe, expect, test } from "vitest";
import { checkReceipt, ReceiptMismatch } from "../../../src/web/public/ballot/check-receipt.js";
import {
  vectorKey,
  vectorReceipt,
  vectorVote,
  wrongReceipts,
} from "../../support/vector-receipt.ts";

describe("a receipt on the page", () => {
  test("fits the vote that it answers, and its signature is verified", async () => {
    const { cell: _, ...sent } = vectorVote;
    expect(await checkReceipt(vectorReceipt, vectorVote, [vectorKey])).toBe("verified");
    expect(await checkReceipt(vectorReceipt, sent, [vectorKey])).toBe("verified");
  });

  test("is checked but for its signature where the keys can't be read", async () => {
    expect(await checkReceipt(vectorReceipt, vectorVote, null)).toBe("unchecked");
    const wrong = { ...vectorVote, choice: "no" } as const;
    await expect(checkReceipt(vectorReceipt, wrong, null)).rejects.toBeInstanceOf(ReceiptMismatch);
  });

  test.each(wrongReceipts)("is refused when it is %s", async (_, wrong, reason) => {
    const checking = checkReceipt({ ...vectorReceipt, ...wrong }, vectorVote, [vectorKey]);
    const error = await checking.catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(ReceiptMismatch);
    expect((error as Error).message).toContain(reason);
  });
});
