import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/shared/hex.ts";

const bytesArbitrary = fc.uint8Array({ maxLength: 40 });

describe("bytes in hexadecimal digits", () => {
  it("are what Node writes, in lower case", () => {
    fc.assert(
      fc.property(bytesArbitrary, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it("are read back from either case", () => {
    fc.assert(
      fc.property(bytesArbitrary, (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes);
      }),
    );
  });
});

describe("a text that is not hexadecimal", () => {
  it("gives zeros for what is no digit, each neighbour of the digits too", () => {
    for (const other of ["/", ":", "@", "G", "`", "g", "é", " "])
      expect([...fromHex(`0${other}${other}7`)]).toEqual([0x00, 0x07]);
  });

  it("gives nothing for half a byte", () => {
    expect([...fromHex("abc")]).toEqual([0xab]);
    expect([...fromHex("")]).toEqual([]);
  });
});
