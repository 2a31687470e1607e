import { describe, expect, it } from "vitest";
import { decodeResult, encodeResult } from "../../../src/cache/result-entry.ts";
import { sampleResult } from "../../support/cache/sample-result.ts";

const result = sampleResult();
const expected = { decisionId: result.decisionId, version: result.version };

describe("an entry of the cache", () => {
  it("is the result again, to the last digit and in the order of its regions", () => {
    const decoded = decodeResult(encodeResult(result), expected);
    expect(decoded).toEqual(result);
    expect([...(decoded?.regions.keys() ?? [])]).toEqual([...result.regions.keys()]);
    const bare = sampleResult({ roll: null, regions: new Map() });
    expect(decodeResult(encodeResult(bare), expected)).toEqual(bare);
    const some = sampleResult({ exposure: { kind: "regions", codes: ["south"] } });
    expect(some.hidden).toEqual(["Ærø"]);
    expect(decodeResult(encodeResult(some), expected)).toEqual(some);
  });

  it("of another decision or version is none", () => {
    const text = encodeResult(result);
    expect(decodeResult(text, { ...expected, decisionId: "another" })).toBeNull();
    expect(decodeResult(text, { ...expected, version: 12 })).toBeNull();
  });

  it.each([
    ["no JSON", "garbage"],
    ["another shape", '{"yes":1}'],
    ["null", "null"],
    ["cut off", encodeResult(result).slice(0, -5)],
    ["another format", encodeResult(result).replace('"format":1', '"format":2')],
    ["a negative figure", encodeResult(result).replace('"accepted":7', '"accepted":-7')],
    ["a weight that is no whole number", encodeResult(result).replace('"6"', '"6.5"')],
    ["a status that is none", encodeResult(result).replace('"closed"', '"lost"')],
    ["a member that nobody wrote", encodeResult(result).replace("{", '{"choice":"yes",')],
  ])("that is %s is none", (_, text) => {
    expect(text).not.toBe(encodeResult(result));
    expect(decodeResult(text, expected)).toBeNull();
  });
});
