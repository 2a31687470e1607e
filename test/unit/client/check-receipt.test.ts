import { describe, expect, it } from "vitest";
import { requireOwnReceipt } from "../../../src/client/check-receipt.ts";
import { ForeignReceipt } from "../../../src/client/client-errors.ts";
import {
  vectorKey,
  vectorReceipt,
  vectorVote,
  wrongReceipts,
} from "../../support/vector-receipt.ts";

describe("a receipt", () => {
  it("fits the vote that it answers, with and without its region and weight", async () => {
    const { cell: _, ...sent } = vectorVote;
    await requireOwnReceipt(vectorReceipt, vectorVote, [vectorKey]);
    await requireOwnReceipt(vectorReceipt, sent, [{ ...vectorKey, kid: "k0" }, vectorKey]);
  });

  it.each(wrongReceipts)("is refused when it is %s", async (_, wrong, reason) => {
    const checking = requireOwnReceipt({ ...vectorReceipt, ...wrong }, vectorVote, [vectorKey]);
    const error = await checking.catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(ForeignReceipt);
    expect((error as Error).message).toContain(reason);
  });

  it.each([
    ["choice", { choice: "no" }],
    ["nonce", { nonce: "00".repeat(32) }],
  ] as const)("is refused for a vote of another %s", async (_, sent) => {
    const checking = requireOwnReceipt(vectorReceipt, { ...vectorVote, ...sent }, [vectorKey]);
    await expect(checking).rejects.toThrow("not this choice with this nonce");
  });
});
