import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { parseStrictly } from "../../../src/shared/strict-json.ts";

describe("JSON that is read strictly", () => {
  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("may have %s as deep as the limit says, and no deeper", (_, open, close) => {
    const nested = (depth: number) =>
      `${open.repeat(depth - 1)}${open === "[" ? "[]" : "{}"}${close.repeat(depth - 1)}`;
    expect(parseStrictly(nested(limits.jsonDepthMax))).toHaveProperty("value");
    for (const depth of [limits.jsonDepthMax + 1, 100_000])
      expect(parseStrictly(nested(depth))).toEqual({ refused: "too_deep" });
  });

  it("has every member once, however deep it stands", () => {
    expect(parseStrictly('[{"a":1},{"a":{"b":[{"c":1,"d":null}]}}]')).toHaveProperty("value");
    expect(parseStrictly('[{"a":1},{"a":{"b":[{"c":1,"\\u0063":null}]}}]')).toEqual({
      refused: "duplicate_key",
    });
    expect(parseStrictly('{"a":1')).toEqual({ refused: "not_json" });
  });
});
