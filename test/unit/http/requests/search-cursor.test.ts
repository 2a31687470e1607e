import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameMacs } from "../../../../src/auth/name-macs.ts";
import {
  decodeSearchCursor,
  encodeSearchCursor,
} from "../../../../src/http/requests/search-cursor.ts";

const kind = { purpose: "search cursor", macDigits: 32 };
const macs = nameMacs(`new:${"A".repeat(43)},old:${"B".repeat(42)}A`, kind);
const oldMacs = nameMacs(`old:${"B".repeat(42)}A`, kind);
const others = nameMacs(`new:${"C".repeat(42)}A`, kind);
const question = { words: "forest", filters: { region: "north", from: 5 } };
const place = { position: [0.5, "a-b", 17], hits: 20 };

describe("a search's cursor", () => {
  it("comes back as it was given, also under a key that signs no longer", () => {
    for (const signer of [macs, oldMacs]) {
      const text = encodeSearchCursor(signer, question, place);
      expect(decodeSearchCursor(macs, question, text)).toEqual(place);
    }
    expect(decodeSearchCursor(macs, question, undefined)).toBeNull();
  });

  it("is of the same question in whatever order its filters stand", () => {
    const text = encodeSearchCursor(macs, question, place);
    const turned = { words: "forest", filters: { from: 5, region: "north" } };
    expect(decodeSearchCursor(macs, turned, text)).toEqual(place);
  });

  it.each([
    ["other words", { ...question, words: "forests" }],
    ["no words", { ...question, words: null }],
    ["another region", { ...question, filters: { region: "south", from: 5 } }],
    ["a filter less", { ...question, filters: { region: "north" } }],
    [
      "a filter more",
      { ...question, filters: { ...question.filters, statuses: ["open"] as const } },
    ],
  ])("is refused with %s", (_, asked) => {
    const text = encodeSearchCursor(macs, question, place);
    expect(() => decodeSearchCursor(macs, asked, text)).toThrow("A parameter is not valid");
  });

  it("is refused where another deployment gave it, and with any part of it changed", () => {
    const foreign = encodeSearchCursor(others, question, place);
    expect(() => decodeSearchCursor(macs, question, foreign)).toThrow("A parameter is not valid");
    const parts = JSON.parse(
      Buffer.from(encodeSearchCursor(macs, question, place), "base64url").toString(),
    ) as unknown[];
    for (const changed of [
      parts.with(0, "0".repeat(32)),
      parts.with(1, 0),
      parts.with(2, 0.6),
      parts.with(3, "a-c"),
      parts.slice(0, -1),
      [...parts, 1],
      parts.slice(0, 2),
      [],
    ]) {
      const text = Buffer.from(JSON.stringify(changed)).toString("base64url");
      expect(() => decodeSearchCursor(macs, question, text)).toThrow("A parameter is not valid");
    }
  });

  it("is refused without a failure, whatever it is", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json().map((json) => Buffer.from(json).toString("base64url")),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(() => decodeSearchCursor(macs, question, text)).toThrow("A parameter is not valid");
      }),
    );
  });
});
