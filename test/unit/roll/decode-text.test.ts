import { expect, it } from "vitest";
import { TextPieces } from "../../../src/roll/decode-text.ts";

function decode(bytes: readonly number[], size: number): string {
  const pieces = new TextPieces();
  let text = "";
  for (let from = 0; from < bytes.length; from += size)
    text += pieces.feed(Uint8Array.from(bytes.slice(from, from + size)));
  return text + pieces.end();
}

it.each([
  ["UTF-8", [0xc3, 0xa9, 0x21], "é!"],
  ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, 0xc3, 0xa9], "é"],
  ["UTF-16 with the low byte first", [0xff, 0xfe, 0xe9, 0, 0x21, 0], "é!"],
  ["UTF-16 with the high byte first", [0xfe, 0xff, 0, 0xe9, 0, 0x21], "é!"],
  ["half a mark of the one", [0xff, 0x41, 0x42], "\uFFFDAB"],
  ["half a mark of the other", [0xfe, 0x41, 0x42], "\uFFFDAB"],
  ["the end of a mark of the one", [0x41, 0xfe, 0x42], "A\uFFFDB"],
  ["the end of a mark of the other", [0x41, 0xff, 0x42], "A\uFFFDB"],
  ["less than a mark", [0x41], "A"],
  ["nothing", [], ""],
  ["a letter that is cut off", [0x41, 0x42, 0x43, 0xc3], "ABC\uFFFD"],
])("%s is decoded, however it comes", (_, bytes, text) => {
  for (const size of [1, 2, 3, 100]) expect(decode(bytes, size)).toBe(text);
});
