import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeChange,
  encodeChange,
  UnreadableChange,
  type SearchChange,
} from "../../../src/search/search-change.ts";
import { readSignedChange, signChange } from "../../../src/search/signed-change.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { encodeRecord } from "../../../src/vote-log/vote-record.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { ownSignature, sampleRun } from "../../support/vote-log/sample-records.ts";

const at = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const decisionId = fc.string({ minLength: 1 });
const anyChange: fc.Arbitrary<SearchChange> = fc.oneof(
  fc.record({ kind: fc.constant("decision" as const), decisionId, at }),
  fc.record({
    kind: fc.constant("ballots" as const),
    decisionId,
    page: fc.integer({ min: 1 }),
    at,
  }),
  fc.record({ kind: fc.constant("tick" as const), at }),
);

describe("a change of the search index", () => {
  it("is read as it was written, signed too", () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        expect(decodeChange(encodeChange(change))).toEqual(change);
        expect(readSignedChange(ownSignature, signChange(ownSignature, change))).toEqual(change);
      }),
    );
  });

  it("has a form that stays readable", () => {
    expect(encodeChange({ kind: "ballots", decisionId: "delta", page: 2, at: 5 })).toBe(
      '{"v":1,"kind":"ballots","decisionId":"delta","page":2,"at":5}',
    );
  });

  it.each([
    "",
    "no JSON",
    "null",
    "[]",
    '{"v":2,"kind":"tick","at":1}',
    '{"kind":"tick","at":1}',
    '{"v":1,"kind":"tick","at":-1}',
    '{"v":1,"kind":"tick","at":1,"choice":"yes"}',
    '{"v":1,"kind":"ballots","decisionId":"delta","page":0,"at":1}',
    '{"v":1,"kind":"decision","decisionId":"","at":1}',
    '{"v":1,"kind":"voter","decisionId":"delta","at":1}',
  ])("is not what %s says", (text) => {
    expect(() => decodeChange(text)).toThrow(UnreadableChange);
    expect(readSignedChange(ownSignature, signText(ownSignature, text))).toBeNull();
  });

  const change: SearchChange = { kind: "decision", decisionId: "delta", at: 5 };
  it.each([
    ["that nobody signed", encodeChange(change)],
    [
      "of a deployment with other keys",
      signChange(logSignature(ownSignature.deployment, `k:${"C".repeat(43)}`), change),
    ],
    ["that was altered", signChange(ownSignature, change).replace("delta", "gamma")],
    [
      "that is a record of votes",
      signText(
        ownSignature,
        encodeRecord({ decisionId: "delta", shard: 0, epoch: 1, ballots: sampleRun(1, 2) }),
      ),
    ],
  ])("is no text %s", (_, text) => {
    expect(readSignedChange(ownSignature, text)).toBeNull();
  });
});
