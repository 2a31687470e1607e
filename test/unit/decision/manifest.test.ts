import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freezeManifest, manifestText } from "../../../src/decision/manifest.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const electorateSize = { voters: 5, weight: "5", regions: [] };

describe("a manifest", () => {
  it("begins when the draft says, or with the opening where that is later", () => {
    const opensAt = (given: number | null) =>
      freezeManifest(sampleDecision(sampleDraft({ opensAt: given })), null, 100).opensAt;
    expect([null, 99, 100, 101].map(opensAt)).toEqual([100, 100, 100, 101]);
  });

  it("has the stated size of an open electorate, and not of one that a roll counts", () => {
    const sizeOf = (electorate: "open" | "roll") =>
      freezeManifest(sampleDecision(sampleDraft({ electorate, electorateSize })), null, 1)
        .electorateSize;
    expect(sizeOf("open")).toEqual(electorateSize);
    expect(sizeOf("roll")).toBeNull();
  });

  it("says that it is a rehearsal's, and has no such member where it is none", () => {
    const frozen = (rehearsal: boolean) =>
      freezeManifest(sampleDecision(sampleDraft({ rehearsal })), null, 1);
    expect(frozen(true).rehearsal).toBe(true);
    expect(Object.keys(frozen(false))).not.toContain("rehearsal");
  });

  it("is hashed with its rule as the document that it is", () => {
    const manifest = freezeManifest(
      sampleDecision(sampleDraft({ rule: '{"b":1,"a":[]}' })),
      null,
      1,
    );
    const text = manifestText(manifest);
    expect(text).toContain('"rule":{"a":[],"b":1}');
    expect(JSON.parse(text)).toEqual({ ...manifest, rule: { a: [], b: 1 } });
  });
});

describe("canonical JSON", () => {
  it("says the same as any JSON, in one way whatever the order of members", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it("leaves out members that are undefined, as JSON does, and has null for one in a list", () => {
    expect(canonicalJson({ b: undefined, a: null })).toBe('{"a":null}');
    expect(canonicalJson([undefined, 1])).toBe("[null,1]");
  });

  it("sorts members by UTF-16 code units", () => {
    expect(canonicalJson({ "\u{1F332}": 1, "\uFB01": 2, b: 3, "10": 4, "9": 5 })).toBe(
      '{"10":4,"9":5,"b":3,"\u{1F332}":1,"\uFB01":2}',
    );
  });
});

/** The same value with the members of each object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
