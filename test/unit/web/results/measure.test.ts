import { describe, expect, test } from "vitest";
import type { ApiDecision } from "../../../../src/web/contract.ts";
import { isWeighted, measuresOf } from "../../../../src/web/results/measure.ts";

test("a board is drawn in what its rule counts, and in both where the rule does", () => {
  expect(measuresOf({ measure: { by: "ballots", units: null } })).toEqual(["ballots"]);
  expect(measuresOf({ measure: { by: "weight", units: null } })).toEqual(["weight"]);
  expect(measuresOf({ measure: { by: "both", units: null } })).toEqual(["ballots", "weight"]);
});

describe("ballots have weights", () => {
  const measured = (roll: ApiDecision["roll"], weight_max: number) =>
    isWeighted({ roll, weight_max });

  test("where one may weigh more, or where the voters on the roll do", () => {
    expect([measured(null, 1), measured(null, 2)]).toEqual([false, true]);
    const roll = { import: 1, hash: "", voters: 2, weight: "2" };
    expect([measured(roll, 5), measured({ ...roll, weight: "3" }, 1)]).toEqual([false, true]);
  });
});
