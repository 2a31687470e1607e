import { describe, expect, test } from "vitest";
import { findRegions, rankRegions } from "../../../../src/web/results/rank-regions.ts";
import { tallyOf } from "./tallies.ts";

const regions = [
  { code: "AT", name: "Österreich" },
  { code: "HU", name: "Hungary" },
  { code: "MD", name: "" },
];
const tallies = [
  { region: "HU", ...tallyOf(3, 2) },
  { region: "MD", ...tallyOf(9) },
];

describe("ranked regions", () => {
  const ranked = rankRegions(regions, tallies, "ballots");

  test("stand with the largest first and those without a ballot at the end", () => {
    expect(ranked.map(({ code, counts }) => [code, counts.all])).toEqual([
      ["MD", 9n],
      ["HU", 5n],
      ["AT", 0n],
    ]);
  });

  test("are called by their code where they have no name", () => {
    expect(ranked[0]?.name).toBe("MD");
  });

  test("are ranked by weight where weight decides", () => {
    const heavy = { region: "HU", ...tallyOf(1) };
    heavy.weight = "90071992547409930";
    expect(rankRegions(regions, [heavy, { region: "MD", ...tallyOf(9) }], "weight")[0]?.code).toBe(
      "HU",
    );
  });

  test("are found without their accents, by part of a name or a whole code", () => {
    expect(findRegions(ranked, " oster").map(({ code }) => code)).toEqual(["AT"]);
    expect(findRegions(ranked, "hu").map(({ code }) => code)).toEqual(["HU"]);
    expect(findRegions(ranked, "")).toHaveLength(3);
    expect(findRegions(ranked, "nowhere")).toEqual([]);
  });
});
