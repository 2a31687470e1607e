import fc from "fast-check";
import { expect, it } from "vitest";
import { utf8Bytes } from "../../../src/shared/utf8-bytes.ts";

it("counts the bytes that the encoder gives, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).byteLength);
    }),
  );
});

it("counts a half of a surrogate pair as what stands in for it", () => {
  for (const text of ["\uD83C", "a\uDF32b", "\uDF32\uD83C", "\uD83C\uD83C\uDF32"]) {
    expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).byteLength);
  }
});
