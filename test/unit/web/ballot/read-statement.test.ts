import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import {
  readStatement,
  statementCharactersMax,
} from "../../../../src/web/ballot/read-statement.ts";

describe("the reasons for a vote", () => {
  it("are as long as the API takes them", () => {
    expect(statementCharactersMax).toBe(limits.statementCharactersMax);
    const longest = "x".repeat(statementCharactersMax);
    expect(readStatement(longest)).toBe(longest);
    expect(readStatement(`  ${longest}\n`)).toBe(longest);
    expect(readStatement(`${longest}x`)).toBeUndefined();
  });

  it("are none where nothing but blanks is written", () => {
    expect(readStatement(" \n")).toBeNull();
  });

  it("have no half characters and no U+0000, which no store keeps", () => {
    expect(readStatement("a\u{d83d}b\0c")).toBe("a\u{fffd}bc");
  });
});
