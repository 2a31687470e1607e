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
  it("are what V8's serialisation has, but for a byte of padding a text", () => {
    fc.assert(
      fc.property(values, (value) => {
        const actual = serialize(value).byteLength;
        const counted = serializedBytes(value);
        expect(counted).toBeGreaterThanOrEqual(actual);
        expect(counted).toBeLessThanOrEqual(actual + textsIn(value));
      }),
    );
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

/** How many texts a value holds, members' names with them. */
function textsIn(value: unknown): number {
  if (typeof value === "string") return 1;
  if (value instanceof Map)
    return [...value].flat().reduce<number>((sum, one) => sum + textsIn(one), 0);
  if (value instanceof Set || Array.isArray(value))
    return [...value].reduce<number>((sum, one) => sum + textsIn(one), 0);
  if (typeof value !== "object" || value === null) return 0;
  return textsIn(Object.entries(value).flat());
}
