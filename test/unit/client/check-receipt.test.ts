import { describe, expect, it } from "vitest";
import { checkReceipt } from "../../../src/client/check-receipt.ts";
import { ReceiptMismatch } from "../../../src/client/client-errors.ts";
import {
  vectorKey,
  vectorReceipt,
  vectorVote,
  wrongReceipts,
} from "../../support/vector-receipt.ts";

describe("a receipt", () => {
  it("fits the vote that it answers, with and without its region and weight", async () => {
    const { cell: _, ...sent } = vectorVote;
    await checkReceipt(vectorReceipt, vectorVote, [vectorKey]);
    await checkReceipt(vectorReceipt, sent, [{ ...vectorKey, kid: "k0" }, vectorKey]);
  });

  it.each(wrongReceipts)("is refused when it is %s", async (_, wrong, reason) => {
    const checking = checkReceipt({ ...vectorReceipt, ...wrong }, vectorVote, [vectorKey]);
    const error = await checking.catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(ReceiptMismatch);
    expect((error as Error).message).toContain(reason);
  });

  it.each([
    ["choice", { choice: "no" }],
    ["nonce", { nonce: "00".repeat(32) }],
  ] as const)("is refused for a vote of another %s", async (_, sent) => {
    const checking = checkReceipt(vectorReceipt, { ...vectorVote, ...sent }, [vectorKey]);
    await expect(checking).rejects.toThrow("not this choice with this nonce");
  });
});
