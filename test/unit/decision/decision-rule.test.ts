import { describe, expect, it } from "vitest";
import { findRuleFaults, readFrozenRule } from "../../../src/decision/decision-rule.ts";
import type { DecisionDraft } from "../../../src/decision/decision.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleDraft } from "../../support/sample-draft.ts";

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
const quorum = { id: "quorum", quorum: true, count: "present", more_than: "1/2", of: "eligible" };
const ofTheEligible = { id: "all", count: "yes", more_than: "1/2", of: "eligible" };
const forIt = { count: "yes", more_than: "1/2", of: ["yes", "no"] };
const regions = [
  { code: "north", name: "North" },
  { code: "south", name: "South" },
];

/** What is wrong with a rule of these requirements in such a draft. */
function faultsOf(
  requirements: readonly object[],
  given: Partial<DecisionDraft> = {},
  more: object = {},
) {
  const rule = JSON.stringify({ title: "A rule", requirements, ...more });
  return findRuleFaults(sampleDraft({ regions, rule, ...given }), limits);
}

describe("a draft's rule", () => {
  it("that can be evaluated has no fault", () => {
    expect(faultsOf([majority])).toEqual([]);
  });

  it("is pointed at from the draft where its document is wrong", () => {
    const [fault, ...others] = faultsOf([{ ...majority, more_than: "3/2x" }]);
    expect(others).toEqual([]);
    expect(fault?.pointer).toBe("/rule/requirements/0/more_than");
  });

  it("leaves no tie to a vote that nobody can cast", () => {
    const detail = "a decision can't take a casting vote yet";
    expect(faultsOf([majority], {}, { on_tie: "casting_vote" })).toEqual([
      { pointer: "/rule/on_tie", detail },
    ]);
    expect(faultsOf([majority], {}, { on_tie: "not_carried" })).toEqual([]);
  });

  it("counts by the eligible only where a roll or the draft says how many they are", () => {
    const detail = "it counts by the eligible: give a roll, or state electorate_size";
    expect(faultsOf([ofTheEligible])).toEqual([{ pointer: "/rule/requirements/0", detail }]);
    expect(faultsOf([ofTheEligible], { electorate: "roll" })).toEqual([]);
    const electorateSize = { voters: 9, weight: "9", regions: [] };
    expect(faultsOf([ofTheEligible], { electorateSize })).toEqual([]);
  });

  it("has a weight for each member that a group is asked about", () => {
    const tables = { t: { north: 1 } };
    const groups = { land: ["north", "south"], all: ["land"] };
    const weighed = { count: { units: "members", weigh: "t", that: "for" }, at_least: 1 };
    const more = { tables, groups };
    expect(faultsOf([{ id: "each", each: "all", meets: weighed }], {}, more)).toEqual([
      { pointer: "/rule/requirements/0", detail: "the table t has no weight for this region" },
    ]);
    const whole = { tables: { t: { north: 1, south: 2 } }, groups };
    expect(faultsOf([{ id: "each", each: "all", meets: weighed }], {}, whole)).toEqual([]);
  });

  it("takes no more work on any votes than a look at the outcome may", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ code: `r${index}`, name: "" }));
    const forAll = (id: string) => ({ id, each: "regions", meets: { all: ["for", "voting"] } });
    const requirements = ["a", "b", "c", "d"].map(forAll);
    const [fault, ...others] = faultsOf(requirements, { regions: many });
    expect(others).toEqual([]);
    expect(fault?.detail).toContain("too much work to evaluate");
    expect(fault?.pointer).toMatch(/^\/rule\/requirements\/\d$/);
    // The same rule is fine for fewer regions.
    expect(faultsOf(requirements, { regions: many.slice(0, 50) })).toEqual([]);
  });

  it("that is frozen is read as it was found sound, and nothing else is frozen", () => {
    const text = JSON.stringify({ title: "A rule", requirements: [majority] });
    expect(readFrozenRule(text, limits).requirements.map(({ id }) => id)).toEqual(["majority"]);
    expect(() => readFrozenRule("{}", limits)).toThrow(
      "a frozen rule was read before it was frozen",
    );
  });
});

describe("a rule by regions", () => {
  const unitsOf = (count: object) => [{ id: "units", count, at_least: 1 }];
  const pointer = "/rule/requirements/0";

  it("needs a draft that has some", () => {
    const byRegion = unitsOf({ units: "regions", that: forIt });
    expect(faultsOf(byRegion)).toEqual([]);
    const details = faultsOf(byRegion, { regions: [] }).map(({ detail }) => detail);
    expect(details).toEqual(["it counts regions: give the decision some"]);
  });

  it("needs a weight of each in its table, unless the table has one for all others", () => {
    const weighing = unitsOf({ weigh: "seats", units: "regions", that: forIt });
    const tableOf = (seats: object) => ({ tables: { seats } });
    expect(faultsOf(weighing, {}, tableOf({ north: 1, south: 2 }))).toEqual([]);
    expect(faultsOf(weighing, {}, tableOf({ north: 1, otherwise: 1 }))).toEqual([]);
    expect(faultsOf(weighing, {}, tableOf({ north: 1 }))).toEqual([
      { pointer, detail: "the table seats has no weight for south" },
    ]);
  });
});

describe("a rule's figures", () => {
  const byRegion = (that: object, units: unknown = "regions") => [
    { id: "units", count: { units, that }, at_least: 1 },
  ];
  const pointer = "/rule/requirements/0";

  it("are of regions that the decision has, by name", () => {
    expect(faultsOf(byRegion(forIt, ["north", "south"]))).toEqual([]);
    expect(faultsOf(byRegion(forIt, ["north", "west"]))).toEqual([
      { pointer, detail: "the decision has no region west" },
    ]);
  });

  it("are weights of every region that is counted alone, and of those that it names where it names them", () => {
    const weighing = (units: unknown) => [
      { id: "units", count: { weigh: "seats", units, that: forIt }, at_least: 1 },
    ];
    const seats = { tables: { seats: { north: 1 } } };
    expect(faultsOf(weighing(["north"]), {}, seats)).toEqual([]);
    expect(faultsOf(weighing(["north", "south"]), {}, seats)).toEqual([
      { pointer, detail: "the table seats has no weight for south" },
    ]);
    const detail = "the table seats has no weight for north";
    const empty = faultsOf(weighing("regions"), {}, { tables: { seats: { south: 1 } } });
    expect(empty).toEqual([{ pointer, detail }]);
  });

  it("are of the eligible of regions only where each region's are stated", () => {
    const ofRegions = byRegion({ count: "yes", more_than: "1/2", of: "eligible" });
    const size = (...named: string[]): Partial<DecisionDraft> => ({
      electorateSize: {
        voters: 9,
        weight: "9",
        regions: named.map((region) => ({ region, voters: 1, weight: "1" })),
      },
    });
    expect(faultsOf(ofRegions, size("north", "south"))).toEqual([]);
    expect(faultsOf(ofRegions, { electorate: "roll" })).toEqual([]);
    const detail = "it counts by the eligible of regions: electorate_size says nothing of south";
    expect(faultsOf(ofRegions, size("north"))).toEqual([{ pointer, detail }]);
    // Of the whole alone no region need be stated.
    expect(faultsOf([ofTheEligible], size())).toEqual([]);
  });
});

describe("an end that moves", () => {
  const extended = { extensionMinutes: 5, closesAt: 1_000, electorate: "roll" } as const;
  const early = { endsEarly: "by_rule", electorate: "roll" } as const;

  it("later needs a quorum, an end and counts that are shown", () => {
    expect(faultsOf([majority, quorum], extended)).toEqual([]);
    const detailsOf = (requirements: object[], given: Partial<DecisionDraft>) =>
      faultsOf(requirements, { ...extended, ...given });
    const pointer = "/extension";
    expect(detailsOf([majority], {})).toEqual([
      { pointer, detail: "the rule has no requirement that is a quorum" },
    ]);
    expect(detailsOf([majority, quorum], { closesAt: null })).toEqual([
      { pointer, detail: "needs closes_at" },
    ]);
    const hidden = "tells of counts that are not shown yet: needs the visibility live";
    expect(detailsOf([majority, quorum], { visibility: "turnout" })).toEqual([
      { pointer, detail: hidden },
    ]);
  });

  it("earlier needs votes that stay, a roll and counts that are shown", () => {
    expect(faultsOf([majority], early)).toEqual([]);
    const pointer = "/ends_early";
    expect(faultsOf([majority], { ...early, revotePolicy: "revisable" })).toEqual([
      { pointer, detail: "votes that may be changed are never certain" },
    ]);
    expect(faultsOf([majority], { ...early, electorate: "open" })).toEqual([
      { pointer, detail: "without a roll nobody knows how many votes are to come" },
    ]);
    expect(faultsOf([majority], { ...early, visibility: "sealed" })).toEqual([
      { pointer, detail: "tells of counts that are not shown yet: needs the visibility live" },
    ]);
  });
});
