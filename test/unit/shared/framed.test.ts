import fc from "fast-check";
import { expect, it } from "vitest";
import { framed } from "../../../src/shared/framed.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const partArbitrary = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.uint8Array({ maxLength: 8 }),
);

/** The parts of framed bytes, read back from their lengths. */
function partsOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 4 + view.getUint32(at)) {
    parts.push(bytes.slice(at + 4, at + 4 + view.getUint32(at)));
  }
  return parts;
}

it("a frame is the length of each part in four bytes, and the part", () => {
  expect(hex(framed())).toBe("");
  expect(hex(framed(""))).toBe("00000000");
  expect(hex(framed("é"))).toBe("00000002c3a9");
  expect(hex(framed(Uint8Array.of(0, 255)))).toBe("0000000200ff");
  expect(hex(framed("a", Uint8Array.of(1), 2n))).toBe(
    ["00000001", "61", "00000001", "01", "00000008", "0000000000000002"].join(""),
  );
  expect(hex(framed("x".repeat(258)))).toBe(`00000102${"78".repeat(258)}`);
});

it("a whole number is eight bytes, the largest weight too", () => {
  expect(hex(framed(1_000_000_000_000n))).toBe("00000008000000e8d4a51000");
  expect(hex(framed(2n ** 64n - 1n))).toBe("00000008ffffffffffffffff");
});

it("parts can be read back, so that no other parts give the same bytes", () => {
  fc.assert(
    fc.property(fc.array(partArbitrary, { maxLength: 6 }), (parts) => {
      const bytes = parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part));
      expect(partsOf(framed(...parts)).map(hex)).toEqual(bytes.map(hex));
    }),
  );
});
