import { describe, expect, test } from "vitest";
import type { ApiDecision } from "../../../../src/web/contract.ts";
import {
  countedWords,
  measureOf,
  turnoutWords,
} from "../../../../src/web/results/turnout-words.ts";

const result = {
  electorate: { voters: 1_930, weight: "9007199254740993" },
  turnout: { voters: 1_929, weight: "9007199254740992" },
};

describe("turnout", () => {
  test("says how many of those on the roll have voted, cut and never rounded up to everyone", () => {
    expect(turnoutWords(result, "ballots")).toBe("Turnout 99.9%: 1,929 of 1,930 voters");
  });

  test("says the weight beside it where weight decides, exactly past 2^53", () => {
    expect(turnoutWords(result, "weight")).toBe(
      "Turnout 99.9%: 1,929 of 1,930 voters; by weight 99.9%, 9,007,199,254,740,992 of 9,007,199,254,740,993",
    );
  });

  test("is not said where there is no roll", () => {
    expect(turnoutWords({}, "ballots")).toBeNull();
    expect(countedWords(12n, {}, "ballots")).toBe("12");
  });

  test("stands beside a region's count", () => {
    expect(countedWords(12n, result, "ballots")).toBe("12 of 1,930");
    expect(countedWords(12n, result, "weight")).toBe("12 of 9,007,199,254,740,993");
  });
});

describe("what decides", () => {
  const measured = (roll: ApiDecision["roll"], weight_max: number) =>
    measureOf({ roll, weight_max } as ApiDecision);

  test("is the weight that a ballot may have, or that the voters on the roll have", () => {
    expect([measured(null, 1), measured(null, 2)]).toEqual(["ballots", "weight"]);
    const roll = { import: 1, hash: "", voters: 2, weight: "2" };
    expect([measured(roll, 5), measured({ ...roll, weight: "3" }, 1)]).toEqual([
      "ballots",
      "weight",
    ]);
  });
});
