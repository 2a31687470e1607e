import { describe, expect, test } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { countedWords, turnoutWords } from "../../../../src/web/results/turnout-words.ts";

const i18n = createI18n("en");

const result = {
  electorate: { voters: 1_930, weight: "9007199254740993" },
  turnout: { voters: 1_929, weight: "9007199254740992" },
};

describe("turnout", () => {
  test("says how many of those on the roll have voted, cut and never rounded up to everyone", () => {
    expect(turnoutWords(i18n, result, "ballots")).toBe("Turnout 99.9%: 1,929 of 1,930 voters");
  });

  test("says the weight beside it where weight decides, exactly past 2^53", () => {
    expect(turnoutWords(i18n, result, "weight")).toBe(
      "Turnout 99.9%: 1,929 of 1,930 voters; by weight 99.9%, 9,007,199,254,740,992 of 9,007,199,254,740,993",
    );
  });

  test("is not said where there is no roll", () => {
    expect(turnoutWords(i18n, {}, "ballots")).toBeNull();
    expect(countedWords(i18n, 12n, { tally: {}, measure: "ballots" })).toBe("12");
  });

  test("stands beside a region's count", () => {
    expect(countedWords(i18n, 12n, { tally: result, measure: "ballots" })).toBe("12 of 1,930");
    expect(countedWords(i18n, 12n, { tally: result, measure: "weight" })).toBe(
      "12 of 9,007,199,254,740,993",
    );
  });
});
