import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Utf8Writer } from "../../../src/shared/utf8-writer.ts";

const utf8 = new TextEncoder();

describe("texts that are written over each other", () => {
  it("are what the platform's own encoder gives, behind the same bytes", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3 }),
        fc.nat({ max: 40 }),
        fc.array(text),
        (...given) => {
          const [before, room, texts] = given;
          const writer = new Utf8Writer(before, room);
          for (const some of texts) {
            const length = writer.write(some);
            const expected = [...before, ...utf8.encode(some)];
            expect([...writer.bytes.subarray(0, length)]).toEqual(expected);
            expect(writer.bytes.length - length).toBeGreaterThanOrEqual(room);
          }
        },
      ),
    );
  });
});
