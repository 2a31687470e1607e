import { expect, test } from "vitest";
import { compareLists } from "../../../../src/cli/verify/check-list.ts";

test("a list that shows every decision as it stands has no difference", () => {
  expect(compareLists(new Map([["a", "open"]]), new Map([["a", "open"]]))).toEqual([]);
});

test("a decision that the list lacks or shows otherwise is behind; one that nobody created is wrong", () => {
  const recorded = new Map([
    ["a", "closed"],
    ["b", "open"],
  ]);
  const listed = new Map([
    ["a", "open"],
    ["c", "open"],
  ]);
  expect(compareLists(recorded, listed)).toMatchObject([
    { kind: "wrong", decision: "c", expected: "no such decision" },
    { kind: "behind", decision: "a", expected: "closed", actual: "open" },
    { kind: "behind", decision: "b", expected: "open", actual: "not in the list" },
  ]);
});
