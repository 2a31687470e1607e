import { describe, expect, test, vi } from "vitest";
import { ForeignReceipt } from "../../../../src/client/client-errors.ts";
import { checkOwnReceipt } from "../../../../src/web/ballot/check-own-receipt.ts";
import {
  vectorKey,
  vectorReceipt,
  vectorVote,
  wrongReceipts,
} from "../../../support/vector-receipt.ts";

describe("a receipt on the page", () => {
  const { cell: _, ...sent } = vectorVote;

  test("fits the vote that it answers, and its signature is verified", async () => {
    const verified = { fits: true, publicKey: vectorKey.x };
    expect(await checkOwnReceipt(vectorReceipt, vectorVote, [vectorKey])).toEqual(verified);
    expect(await checkOwnReceipt(vectorReceipt, sent, [vectorKey])).toEqual(verified);
  });

  test("is checked but for its signature where the keys can't be read", async () => {
    const unchecked = { fits: true, publicKey: null };
    expect(await checkOwnReceipt(vectorReceipt, vectorVote, null)).toEqual(unchecked);
    const wrong = { ...vectorVote, choice: "no" } as const;
    const mismatch = { fits: false, mismatch: "choice" };
    expect(await checkOwnReceipt(vectorReceipt, wrong, null)).toEqual(mismatch);
  });

  test("is checked but for its signature in a browser that knows no Ed25519", async () => {
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    importKey.mockRejectedValue(new DOMException("Ed25519", "NotSupportedError"));
    const checking = checkOwnReceipt(vectorReceipt, vectorVote, [vectorKey]);
    expect(await checking.finally(() => importKey.mockRestore())).toEqual({
      fits: true,
      publicKey: null,
    });
  });

  test.each(wrongReceipts)("is refused when it is %s", async (_name, wrong, reason) => {
    const receipt = { ...vectorReceipt, ...wrong };
    const check = await checkOwnReceipt(receipt, vectorVote, [vectorKey]);
    if (check.fits) throw new Error("it was taken for the voter's own");
    expect(new ForeignReceipt(check.mismatch).message).toContain(reason);
  });
});
