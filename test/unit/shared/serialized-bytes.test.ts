import { serialize } from "node:v8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serializedBytes } from "../../../src/shared/serialized-bytes.ts";

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("é", "界", "a界"),
);

const { value: values } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    texts,
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.bigInt({ min: 0n, max: 2n ** 200n }),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.date(),
    fc.uint8Array().map((bytes) => bytes.buffer),
  ),
  value: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.array(tie("value")),
    fc.dictionary(texts, tie("value")),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((entries) => new Map(entries)),
    fc.array(tie("value")).map((entries) => new Set(entries)),
  ),
}));

describe("the bytes of a stored value", () => {
  it("are what V8's serialisation has, but for padding of texts and short numbers", () => {
    fc.assert(
      fc.property(values, (value) => {
        const actual = serialize(value).byteLength;
        const counted = serializedBytes(value);
        expect(counted).toBeGreaterThanOrEqual(actual);
        expect(counted).toBeLessThanOrEqual(actual + slackIn(value));
      }),
    );
  });

  it("are enough for a number in every form that V8 has for it", () => {
    for (const number of [0, -0, -1, -64, 64, 2 ** 30, -(2 ** 31), 2 ** 31, 1.5, Number.NaN]) {
      // An array with a fraction holds all its numbers as doubles.
      for (const value of [number, [number], [number, 0.5]]) {
        expect(serializedBytes(value)).toBeGreaterThanOrEqual(serialize(value).byteLength);
      }
    }
  });

  it("are enough for a member's name that is an index", () => {
    for (const name of ["0", "7", "1000", "4294967294", "4294967295", "01"]) {
      const value = { [name]: true };
      expect(serializedBytes(value), name).toBeGreaterThanOrEqual(serialize(value).byteLength);
    }
  });

  it("are two a character once one of a text's is outside Latin-1", () => {
    const latin = "é".repeat(1_000);
    expect(serializedBytes(latin)).toBe(serialize(latin).byteLength);
    expect(serializedBytes(`${latin}界`)).toBeGreaterThan(2_000);
  });

  it("count an object that comes again once", () => {
    const cell = { weight: 1n, name: "x".repeat(1_000) };
    const value = [cell, cell, { cell }];
    expect(serializedBytes(value)).toBe(serialize(value).byteLength);
  });
});

/** By how many bytes a value may have less: a byte of each text, and what numbers can spare. */
function slackIn(value: unknown): number {
  if (typeof value === "string") return 1;
  if (typeof value === "number") return 7;
  if (value instanceof Map) return slackOf([...value].flat());
  if (value instanceof Set || Array.isArray(value)) return slackOf([...value]);
  if (typeof value !== "object" || value === null) return 0;
  return 7 * Object.keys(value).length + slackOf(Object.values(value));
}

function slackOf(parts: readonly unknown[]): number {
  return parts.reduce<number>((sum, part) => sum + slackIn(part), 0);
}
