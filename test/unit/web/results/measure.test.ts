import { describe, expect, test } from "vitest";
import type { ApiDecision } from "../../../../src/web/contract.ts";
import { countMeasures, isWeighted } from "../../../../src/web/results/measure.ts";

describe("what a board is drawn in", () => {
  const measuresOf = (rule: Record<string, unknown>) => countMeasures({ rule });
  const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };

  test("is heads unless the rule says that it counts weights", () => {
    expect(measuresOf({ requirements: [majority] })).toEqual(["ballots"]);
    expect(measuresOf({ counting: "weight", requirements: [majority] })).toEqual(["weight"]);
  });

  test("is what the majority counts, whatever the quorum does", () => {
    const quorum = { id: "quorum", quorum: true, count: { ballots: "cast" }, at_least: "10" };
    expect(measuresOf({ counting: "weight", requirements: [quorum, majority] })).toEqual([
      "weight",
    ]);
  });

  test("is both where one requirement counts heads and another weights", () => {
    const shares = { id: "shares", count: { weight: "yes" }, at_least: "2/3" };
    expect(measuresOf({ requirements: [majority, shares] })).toEqual(["ballots", "weight"]);
  });
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
