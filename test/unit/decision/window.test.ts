import { describe, expect, it } from "vitest";
import { voterIdFormOf } from "../../../src/decision/voter-id-form.ts";
import { windowState } from "../../../src/decision/window.ts";

describe("a voting window", () => {
  it("has its opening inside it, and its end not", () => {
    const at = (now: number) => windowState({ opensAt: 100, closesAt: 200 }, now);
    expect([99, 100, 199, 200].map(at)).toEqual(["before", "open", "open", "after"]);
  });

  it("without an end never ends", () => {
    const window = { opensAt: 100, closesAt: null };
    expect(windowState(window, 99)).toBe("before");
    expect(windowState(window, Number.MAX_SAFE_INTEGER)).toBe("open");
  });
});

describe("the form of a decision's voter_ids", () => {
  it("preserves case only where a roll says who there is", () => {
    expect(voterIdFormOf({ electorate: "roll", voterIds: "case_preserved" })).toBe(
      "case_preserved",
    );
    expect(voterIdFormOf({ electorate: "roll", voterIds: "case_mapped" })).toBe("case_mapped");
    expect(voterIdFormOf({ electorate: "open", voterIds: "case_preserved" })).toBe("case_mapped");
  });
});
