import { describe, expect, it } from "vitest";
import { decodeValue, encodeValue } from "../../../src/backup/kept-value.ts";

const values: [string, unknown][] = [
  ["nothing", null],
  ["what is not there", undefined],
  ["truth", true],
  ["a number", 12.5],
  ["numbers that JSON has not", [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ["minus zero", -0],
  ["a large integer", 2n ** 70n],
  ["texts", ["", "ä€😀", '\u0000\n"\\', "\uD800"]],
  ["an object in an object", { v: 1, value: { a: undefined, "": [], b: { c: [1n] } } }],
  ["a member that is called as a prototype", JSON.parse('{"__proto__":{"a":1}}')],
  [
    "a map with a map in it",
    new Map([
      [1, null],
      [2, new Map([["x", new Set([1, 2])]])],
    ] as [number, unknown][]),
  ],
  ["bytes", new Uint8Array([0, 255, 7])],
  ["a buffer", new Uint8Array([9, 8]).buffer],
];

describe("a kept value", () => {
  it.each(values)("comes back from JSON as it was: %s", (_, value) => {
    expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(value))))).toStrictEqual(value);
  });

  it("is refused where no object of ours keeps such a thing", () => {
    expect(() => encodeValue(new Date(0))).toThrow("plain values");
    expect(() => encodeValue(() => {})).toThrow("has no place in a backup");
    expect(() => decodeValue(["date", "1"] as never)).toThrow("does not know");
  });
});
