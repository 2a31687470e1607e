import { describe, expect, it } from "vitest";
import { presets } from "../../../../src/rules/presets/presets.ts";
import {
  evaluateSupposed,
  readSupposedRule,
  supposedMeasures,
} from "../../../../src/web/what-if/evaluate-supposed.ts";
import {
  beginSupposing,
  castIn,
  supposeCount,
  supposedInput,
  supposeOthers,
  type SupposedFigures,
  type SupposedStart,
} from "../../../../src/web/what-if/supposed-figures.ts";

type Outcome = NonNullable<SupposedStart["outcome"]>;

const sum = (ballots: number, weight = ballots) => ({ ballots, weight: String(weight) });
const tally = (yes: number, no: number, abstain = 0) => ({
  yes: sum(yes),
  no: sum(no),
  abstain: sum(abstain),
  ...sum(yes + no + abstain),
});
const named = (code: string) => ({ code, name: code.toUpperCase() });
const withRegions = { regions: [named("n"), named("s")], roll: null, electorate_size: null };
const withoutRegions = { ...withRegions, regions: [] };

const counted: Outcome = {
  // Two voters are in no region.
  tally: {
    total: tally(6, 4, 1),
    regions: [
      { region: "n", ...tally(4, 1) },
      { region: "s", ...tally(1, 3) },
    ],
  },
  electorate: {
    voters: 20,
    weight: "20",
    regions: [
      { region: "n", voters: 9, weight: "9" },
      { region: "s", voters: 8, weight: "8" },
    ],
  },
};

function ruleFor(document: unknown) {
  const rule = readSupposedRule(document);
  if (rule === null) throw new Error("the rule is unsound");
  return rule;
}
const majority = ruleFor({
  requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
});
const bothRegions = ruleFor({
  requirements: [{ id: "regions", count: { units: "regions", that: "for" }, at_least: 2 }],
});

const changed = (figures: SupposedFigures, code: string, choice: "yes" | "no", count: bigint) => ({
  ...figures,
  rows: figures.rows.map((row) =>
    row.code === code
      ? supposeCount(row, { choice, measure: "ballots", count, isEven: figures.isEven })
      : row,
  ),
});

function outcomeOf(...supposed: Parameters<typeof evaluateSupposed>) {
  const outcome = evaluateSupposed(...supposed);
  if (typeof outcome === "string") throw new Error(outcome);
  return outcome;
}

describe("what is supposed", () => {
  it("begins with the counts as they are, those in no region with them", () => {
    const figures = beginSupposing({ decision: withRegions, outcome: counted, isByRegion: true });
    const { total, regions } = supposedInput(figures);
    expect([total?.yes.ballots, total?.no.ballots, total?.eligible?.ballots]).toEqual([
      6n,
      4n,
      20n,
    ]);
    expect(regions.get("s")?.no.weight).toBe(3n);
    expect(figures.rows.map(({ eligible }) => eligible?.ballots)).toEqual([9n, 8n]);
  });

  it("changes the whole with a region, and keeps those who are in none", () => {
    const figures = beginSupposing({ decision: withRegions, outcome: counted, isByRegion: true });
    const { total } = supposedInput(changed(figures, "s", "no", 0n));
    expect([total?.yes.ballots, total?.no.ballots, total?.no.weight]).toEqual([6n, 1n, 1n]);
  });

  it("is one row where the rule looks at no region", () => {
    const figures = beginSupposing({ decision: withRegions, outcome: counted, isByRegion: false });
    expect(figures.rows.map(({ code, eligible }) => [code, eligible?.ballots])).toEqual([
      ["", 20n],
    ]);
    expect(outcomeOf(majority, figures).verdict).toBe("carried");
    expect(outcomeOf(majority, changed(figures, "", "yes", 3n)).verdict).toBe("not_carried");
    expect(outcomeOf(majority, changed(figures, "", "yes", 4n)).verdict).toBe("tie");
  });

  it("begins with nobody where counts are hidden", () => {
    const size = { voters: 7, weight: "7", regions: [] };
    const decision = { ...withoutRegions, electorate_size: size };
    const figures = beginSupposing({ decision, outcome: undefined, isByRegion: false });
    expect(figures.rows.map(({ choices }) => castIn(choices, "ballots"))).toEqual([0n]);
    expect(figures.eligible?.ballots).toBe(7n);
  });

  it("gives those who are left to one choice, and takes nobody away", () => {
    const figures = beginSupposing({ decision: withRegions, outcome: counted, isByRegion: true });
    const all = { ...figures, rows: figures.rows.map((row) => supposeOthers(row, "no")) };
    const { regions } = supposedInput(all);
    expect([regions.get("n")?.no.ballots, regions.get("s")?.no.weight]).toEqual([5n, 7n]);
    const more = changed(figures, "n", "yes", 99n).rows.map((row) => supposeOthers(row, "no"));
    expect(more.map(({ choices }) => choices.no.ballots)).toEqual([1n, 7n]);
  });

  it("keeps weights apart from heads where they differ", () => {
    const heavy = { ...tally(2, 1), yes: sum(2, 30), ...sum(3, 31) };
    const outcome = { tally: { total: heavy, regions: [] }, electorate: null };
    const figures = beginSupposing({ decision: withoutRegions, outcome, isByRegion: false });
    expect(figures.isEven).toBe(false);
    const { total } = supposedInput(changed(figures, "", "yes", 5n));
    expect(total?.yes).toEqual({ ballots: 5n, weight: 30n });
  });
});

describe("a rule on supposed counts", () => {
  it("looks at regions, with figures for each requirement", () => {
    const figures = beginSupposing({ decision: withRegions, outcome: counted, isByRegion: true });
    const now = outcomeOf(bothRegions, figures);
    expect([now.verdict, now.requirements[0]?.actual]).toEqual(["not_carried", "1"]);
    const then = outcomeOf(bothRegions, changed(figures, "s", "yes", 4n));
    expect(then.verdict).toBe("carried");
    expect(then.requirements[0]).toMatchObject({ id: "regions", met: true, threshold: "2" });
  });

  it("says nothing where a figure is not known", () => {
    const quorum = ruleFor({
      requirements: [{ id: "quorum", count: "cast", more_than: "1/2", of: "eligible" }],
    });
    const figures = beginSupposing({
      decision: withoutRegions,
      outcome: undefined,
      isByRegion: false,
    });
    expect(evaluateSupposed(quorum, figures)).toBe("figures_missing");
  });

  it("ends where it would take more work than a frozen rule may", () => {
    const codes = Array.from({ length: 1_000 }, (_, index) => `region-${index}`);
    const count = 10n ** 39n;
    const sums = { ballots: count, weight: count };
    const rows = codes.map((code) => ({
      code,
      name: code,
      choices: { yes: sums, no: sums, abstain: sums },
      eligible: sums,
    }));
    const rest = { yes: sums, no: sums, abstain: sums };
    const figures = { rows, rest, eligible: sums, isEven: true };
    const houses = codes.map((_, index) => ({
      id: `house-${index}`,
      count: { units: "regions", that: "for" },
      at_least: 2,
    }));
    const rule = ruleFor({ requirements: houses.slice(0, 32) });
    expect(evaluateSupposed(rule, figures)).toBe("too_much_work");
    expect(evaluateSupposed(bothRegions, figures)).not.toBe("too_much_work");
  });

  it("is read for every preset, and says what it counts by", () => {
    for (const { rule } of presets) {
      expect(supposedMeasures(ruleFor(rule)).length).toBeGreaterThan(0);
    }
    expect(supposedMeasures(majority)).toEqual(["ballots"]);
    expect(readSupposedRule({ requirements: [] })).toBeNull();
  });
});
