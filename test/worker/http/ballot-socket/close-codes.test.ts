import { describe, expect, it } from "vitest";
import { closeBack } from "../../../../src/http/ballot-socket/close-codes.ts";

/** The code that the other end sees of a socket that answers a close with `code`. */
async function seenCode(code: number): Promise<number> {
  const { 0: other, 1: own } = new WebSocketPair();
  own.accept();
  other.accept();
  const closed = new Promise<number>((resolve) =>
    other.addEventListener("close", (event) => resolve(event.code)),
  );
  closeBack(own, code);
  return closed;
}

describe("the answer to a close", () => {
  it.each([1000, 1001, 1011, 1013, 3000, 4999])("is its code, %i", async (code) => {
    expect(await seenCode(code)).toBe(code);
  });

  it.each([0, 999, 1004, 1005, 1006, 1015, 5000, 65_535])(
    "is an ordinary end where that is %i, which can't be sent",
    async (code) => {
      expect(await seenCode(code)).toBe(1000);
    },
  );
});
