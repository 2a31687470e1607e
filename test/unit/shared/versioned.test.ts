import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  prefixVersion,
  requireKnownVersion,
  stripVersion,
  UnknownVersion,
  withoutVersion,
  withVersion,
} from "../../../src/shared/versioned.ts";

const form = { name: "a letter", version: 2 };

describe("a form with a version", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(stripVersion(form, prefixVersion(form, text))).toBe(text);
        expect(withoutVersion(form, withVersion(form, { text }))).toEqual({ text });
      }),
    );
  });

  it("is refused by an older release, which says what it found, what it knows, and what to do", () => {
    const older = { ...form, version: 1 };
    const refusal = new UnknownVersion(
      "a letter has version 2, this release knows 1: deploy the newer release",
    );
    expect(() => stripVersion(older, prefixVersion(form, "[]"))).toThrow(refusal);
    expect(() => withoutVersion(older, withVersion(form, []))).toThrow(refusal);
  });

  it("is refused by a newer release that does not say how to read it, and never taken for the newest", () => {
    const newer = { ...form, version: 3 };
    const refusal = new UnknownVersion("a letter has version 2, and this release reads 3 alone");
    expect(() => stripVersion(newer, prefixVersion(form, "[]"))).toThrow(refusal);
    expect(() => withoutVersion(newer, withVersion(form, []))).toThrow(refusal);
    expect(requireKnownVersion(newer, 2)).toBe(2);
  });

  it.each(["", "[]", " []", "[1, 2]", "x []", "0 []", "1.5 []", "-1 []"])(
    "is refused without a version: %j",
    (text) => {
      expect(() => stripVersion(form, text)).toThrow("a letter has no version");
    },
  );

  it("is refused without a version as a stored value too", () => {
    const stored: unknown = { decision: "delta" };
    expect(() => withoutVersion(form, stored as ReturnType<typeof withVersion>)).toThrow(
      "a letter has no version",
    );
  });
});
