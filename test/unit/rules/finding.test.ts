import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecastSchema } from "../../../src/rules/forecast-json.ts";
import { viewForecast } from "../../../src/rules/forecast-view.ts";
import { forecastOutcome } from "../../../src/rules/forecast/forecast.ts";
import { evaluateOutcome } from "../../../src/rules/outcome.ts";
import { ruleOutcomeSchema } from "../../../src/rules/outcome-json.ts";
import { viewRuleOutcome } from "../../../src/rules/outcome-view.ts";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import type { RuleInput } from "../../../src/rules/rule-input.ts";
import { limits } from "../../../src/shared/limits.ts";
import { randomRuns } from "../../support/random-runs.ts";
import { documentOf, regionsOf, specArbitrary, votersArbitrary } from "./oracle.ts";
import { inputOf, ruleOf, type PlainCounts } from "./rules.ts";

const of = ["yes", "no"];
const majority = { count: "yes", more_than: "1/2", of };

/** What the API shows of a rule's outcome; `more` are other members of the rule. */
function shownOf(
  requirements: object[],
  input: RuleInput,
  { hidden = [], ...more }: { hidden?: string[]; [member: string]: unknown } = {},
) {
  const document = {
    requirements: requirements.map((one, at) => ({ id: `r${at}`, ...one })),
    ...more,
  };
  const outcome = evaluateOutcome(ruleOf(document), input, { hidden: new Set(hidden) });
  if ("faults" in outcome) throw new Error(JSON.stringify(outcome.faults));
  const view = viewRuleOutcome(outcome);
  expect(ruleOutcomeSchema.parse(view)).toEqual(view);
  return view;
}

/** What is shown of the only requirement of a rule. */
function findingOf(
  requirement: object,
  input: RuleInput,
  more: Parameters<typeof shownOf>[2] = {},
) {
  const [finding] = shownOf([requirement], input, more).requirements;
  if (finding === undefined) throw new Error("there is one requirement");
  return finding;
}

const whole = (total: PlainCounts) => inputOf({}, { total });
const regions = { north: { yes: 3, no: 1 }, south: { yes: 1, no: 3 }, east: { yes: 2 } };
const seats = { tables: { seats: { north: 2, south: "3/2", east: 1 } } };
const groups = { groups: { coast: ["north", "south"], all: ["coast", "east"] } };

describe("what is said of a comparison", () => {
  it.each<[string, object, PlainCounts, string]>([
    [
      "a share",
      majority,
      { yes: 40, no: 14 },
      "Yes: 40 of 54 (yes and no); needed more than 1/2, that is 28: met.",
    ],
    [
      "a share that is whole",
      { count: "yes", at_least: "3/4", of },
      { yes: 40, no: 14 },
      "Yes: 40 of 54 (yes and no); needed at least 3/4, that is 41: not met.",
    ],
    [
      "exactly a share",
      { count: "yes", at_least: "1/2", of },
      { yes: 5, no: 5 },
      "Yes: 5 of 10 (yes and no); needed at least 1/2, that is 5: met.",
    ],
    [
      "what is allowed",
      { count: "no", at_most: "1/3", of: "cast" },
      { yes: 6, no: 4 },
      "No: 4 of 10 (cast); allowed at most 1/3, that is 3: not met.",
    ],
    [
      "less than is allowed",
      { count: "no", less_than: "1/2", of: "cast" },
      { yes: 5, no: 5 },
      "No: 5 of 10 (cast); allowed fewer than 1/2, that is 4: not met.",
    ],
    [
      "less than a share that is not whole",
      { count: "no", less_than: "1/3", of: "cast" },
      { yes: 6, no: 4 },
      "No: 4 of 10 (cast); allowed fewer than 1/3, that is 3: not met.",
    ],
    ["a figure", { count: "yes", at_least: 9 }, { yes: 8 }, "Yes: 8; needed at least 9: not met."],
    [
      "more than a figure",
      { count: "yes", more_than: 9 },
      { yes: 10 },
      "Yes: 10; needed more than 9, that is 10: met.",
    ],
    [
      "a rounded share",
      { count: "yes", at_least: "1/2", of, rounded: "up" },
      { yes: 5, no: 6 },
      "Yes: 5 of 11 (yes and no); needed at least 1/2, that is 6: not met.",
    ],
    [
      "a share rounded down",
      { count: "yes", at_least: "1/2", of, rounded: "down" },
      { yes: 5, no: 6 },
      "Yes: 5 of 11 (yes and no); needed at least 1/2, that is 5: met.",
    ],
    [
      "a share rounded to the nearest",
      { count: "yes", at_least: "2/5", of, rounded: "nearest" },
      { yes: 4, no: 7 },
      "Yes: 4 of 11 (yes and no); needed at least 2/5, that is 4: met.",
    ],
    [
      "a share rounded to the nearest from half",
      { count: "yes", at_least: "1/2", of, rounded: "nearest" },
      { yes: 5, no: 6 },
      "Yes: 5 of 11 (yes and no); needed at least 1/2, that is 6: not met.",
    ],
    [
      "a whole share, rounded up",
      { count: "yes", at_least: "1/2", of, rounded: "up" },
      { yes: 5, no: 5 },
      "Yes: 5 of 10 (yes and no); needed at least 1/2, that is 5: met.",
    ],
    [
      "a measure less another",
      { count: { ballots: "cast", less: ["blank", "invalid"] }, at_least: 3 },
      { yes: 3, blank: 1, invalid: 2 },
      "Cast without blank and invalid: 3; needed at least 3: met.",
    ],
    [
      "a weight",
      { count: { weight: "yes" }, at_least: 500 },
      { yes: [3, 499n] },
      "Yes by weight: 499; needed at least 500: not met.",
    ],
  ])("is a sentence with its figures: %s", (_, requirement, total, sentence) => {
    expect(findingOf(requirement, whole(total)).sentence).toBe(sentence);
  });

  it("has every figure exactly", () => {
    expect(findingOf(majority, whole({ yes: 40, no: 14 }))).toEqual({
      id: "r0",
      quorum: false,
      met: true,
      sentence: expect.any(String),
      bound: "more_than",
      actual: "40",
      base: "54",
      share: "20/27",
      threshold: "27",
      needed: "28",
      units: [],
      missed: null,
      parts: [],
      clause: null,
    });
    expect(findingOf({ count: "yes", at_least: 2 }, whole({}))).toMatchObject({
      base: null,
      share: null,
      threshold: "2",
    });
    // Of nothing there is no share.
    expect(findingOf(majority, whole({}))).toMatchObject({ met: false, base: "0", share: null });
  });

  it("of units names each with its weight, and what those that did not meet it weigh", () => {
    const requirement = {
      count: { weigh: "seats", that: "for", called: "states" },
      more_than: "1/2",
      of: { weigh: "seats", called: "states" },
    };
    expect(findingOf(requirement, inputOf(regions), seats)).toMatchObject({
      met: true,
      sentence:
        "Seats of states for: 3 of 9/2 (seats of states); needed more than 1/2, that is 5/2: met.",
      actual: "3",
      base: "9/2",
      missed: "3/2",
      needed: "5/2",
      units: [
        { unit: "north", met: true, weight: "2" },
        { unit: "south", met: false, weight: "3/2" },
        { unit: "east", met: true, weight: "1" },
      ],
    });
  });

  it("of units in words says what they are and whether they meet a stance or a test", () => {
    const electorates = Object.fromEntries(
      Object.entries(regions).map(([code, counts]) => [code, { ...counts, eligible: 9 }]),
    );
    const sentence = (count: object, more = {}) =>
      findingOf({ count, at_least: 1 }, inputOf(electorates), more).sentence.split(":")[0];
    expect(sentence({ units: "regions", that: "not_for" })).toBe("Regions not for");
    expect(sentence({ units: ["north"], that: majority })).toBe("Units that meet it");
    expect(sentence({ units: "coast" }, groups)).toBe("Coast");
    expect(sentence({ units: "regions", weigh: "eligible", that: "for", called: "lands" })).toBe(
      "Eligible of lands for",
    );
    expect(sentence({ within: "coast", units: "regions", that: "for" }, groups)).toBe(
      "Regions for in coast",
    );
    expect(sentence({ shares: "seats", ballots: "yes", of_each: of }, seats)).toBe(
      "Yes by shares of seats",
    );
    expect(
      sentence({ shares: "seats", ballots: "yes", of_each: of, called: "the seats" }, seats),
    ).toBe("Yes by shares of the seats");
  });

  it("of shares needs no whole figure", () => {
    const count = { shares: "seats", ballots: "yes", of_each: of };
    expect(findingOf({ count, at_least: "2" }, inputOf(regions), seats)).toMatchObject({
      actual: "23/8",
      needed: null,
      sentence: "Yes by shares of seats: 23/8; needed at least 2: met.",
    });
  });
});

describe("what is said of tests put together", () => {
  const few = { count: "yes", at_least: 2 };
  const many = { count: "yes", at_least: 9 };
  const total = whole({ yes: 5 });
  const met = "Yes: 5; needed at least 2: met.";
  const notMet = "Yes: 5; needed at least 9: not met.";

  it("is each by itself, and how they are joined", () => {
    expect(findingOf({ all: [few, many] }, total)).toMatchObject({
      met: false,
      sentence: `(${met}) and (${notMet})`,
      bound: null,
      missed: null,
      parts: [
        { met: true, sentence: met },
        { met: false, sentence: notMet },
      ],
    });
    expect(findingOf({ any: [few, many] }, total)).toMatchObject({
      met: true,
      sentence: `(${met}) or (${notMet})`,
    });
    expect(findingOf({ all: [few, few] }, total).met).toBe(true);
    expect(findingOf({ any: [many, many] }, total).met).toBe(false);
  });

  it("of what must not be is the contrary", () => {
    expect(findingOf({ not: many }, total)).toMatchObject({
      met: true,
      sentence: `It must not be that: ${notMet}`,
      bound: null,
      parts: [{ met: false, sentence: notMet }],
    });
    expect(findingOf({ not: few }, total).met).toBe(false);
  });

  it("of each unit says who did not agree, and has each as a part", () => {
    const each = findingOf({ each: "regions", meets: "for" }, inputOf(regions));
    expect(each).toMatchObject({
      met: false,
      sentence: "2 of 3 regions agree; each must. Not met: not by south.",
      bound: "at_least",
      actual: "2",
      base: "3",
      threshold: "3",
      needed: "3",
      missed: "1",
      units: [
        { unit: "north", met: true, weight: "1" },
        { unit: "south", met: false, weight: "1" },
        { unit: "east", met: true, weight: "1" },
      ],
    });
    expect(each.parts.map(({ sentence }) => sentence.split(";")[0])).toEqual([
      "north: Yes: 3 of 1 (no)",
      "south: Yes: 1 of 3 (no)",
      "east: Yes: 2 of 0 (no)",
    ]);
    expect(findingOf({ each: ["north", "east"], meets: "for" }, inputOf(regions))).toMatchObject({
      met: true,
      sentence: "2 of 2 units agree; each must. Met.",
      missed: "0",
    });
  });

  it("of a group names it, of a list all of it", () => {
    const within = (place: unknown) =>
      findingOf({ within: place, meets: "for" }, inputOf(regions), groups).sentence;
    expect(within("coast")).toBe(
      "In coast: Yes: 4 of 4 (no); needed more than 1, that is 5: not met.",
    );
    expect(within("all")).toContain("In all: Yes: 6 of 4 (no)");
    expect(within(["north", "east"])).toContain("In north, east: Yes: 5 of 1 (no)");
    // A region that stands twice is counted once.
    expect(within(["coast", "north"])).toContain("Yes: 4 of 4 (no)");
  });

  it("of members are those of the group in scope", () => {
    const members = { within: "all", count: { units: "members", that: "for" }, at_least: 1 };
    expect(findingOf(members, inputOf(regions), groups).units.map(({ unit }) => unit)).toEqual([
      "north",
      "south",
      "east",
    ]);
    const sub = {
      each: ["all"],
      meets: { count: { units: "members", that: "voting" }, at_least: 2 },
    };
    const [part] = findingOf(sub, inputOf(regions), groups).parts;
    expect(part?.units.map(({ unit }) => unit)).toEqual(["coast", "east"]);
  });

  it("of a clause that deems it met says both, and which stood", () => {
    const requirement = { ...many, deemed_met_when: few };
    expect(findingOf(requirement, total)).toMatchObject({
      met: true,
      sentence: `${notMet} Deemed met, since ${met}`,
      clause: { met: true, sentence: met },
    });
    expect(findingOf({ ...few, deemed_met_when: few }, total)).toMatchObject({ sentence: met });
    expect(findingOf({ ...many, deemed_met_when: many }, total)).toMatchObject({
      met: false,
      sentence: notMet,
      clause: { met: false },
    });
  });
});

describe("the verdict in a sentence", () => {
  const yes = { count: "yes", more_than: "1/2", of };
  const quorum = { quorum: true, count: "cast", at_least: 10 };

  it.each<[string, object[], PlainCounts, { on_tie?: string }, string, string]>([
    ["carried", [quorum, yes], { yes: 10 }, {}, "carried", "Carried: every requirement is met."],
    [
      "not carried",
      [yes, { count: "yes", at_least: 9 }],
      { yes: 1, no: 3 },
      {},
      "not_carried",
      "Not carried: what is missed is r0, r1.",
    ],
    [
      "no quorum",
      [quorum, yes],
      { yes: 5, no: 4 },
      {},
      "no_quorum",
      "No quorum: what is missed is r0.",
    ],
    [
      "a tie",
      [yes],
      { yes: 5, no: 5 },
      {},
      "tie",
      "A tie, and so not carried: what is missed is r0.",
    ],
    [
      "no votes for or against",
      [yes],
      { abstain: 5 },
      { on_tie: "casting_vote" },
      "not_carried",
      "Not carried: nobody voted for or against; what is missed is r0.",
    ],
    [
      "no votes for or against where silence agrees",
      [{ count: "no", at_most: 0 }],
      {},
      {},
      "carried",
      "Carried: every requirement is met.",
    ],
    [
      "a tie that is none",
      [yes],
      { yes: 5, no: 5 },
      { on_tie: "not_carried" },
      "not_carried",
      "Not carried: what is missed is r0.",
    ],
  ])("is %s", (_, requirements, total, more, verdict, sentence) => {
    expect(shownOf(requirements, whole(total), more)).toMatchObject({
      outcome: verdict,
      if_closed_now: verdict,
      sentence,
    });
    const open = inputOf({}, { total, isClosed: false });
    expect(shownOf(requirements, open, more)).toMatchObject({
      outcome: "undecided",
      if_closed_now: verdict,
      sentence: `Still open; if it closed now: ${sentence}`,
    });
  });

  it("says that a casting vote decided", () => {
    const tied = (castingVote: "yes" | "no") =>
      shownOf([yes], inputOf({}, { total: { yes: 5, no: 5 }, castingVote }), {
        on_tie: "casting_vote",
      }).sentence;
    expect(tied("yes")).toBe("Carried: the casting vote decided.");
    expect(tied("no")).toBe("Not carried: what is missed is r0.");
  });

  it.each<[string, object, PlainCounts, boolean]>([
    ["more yes than no", { count: "yes", more_than: 1, of: "no" }, { yes: 5, no: 5 }, true],
    [
      "more than half of three kinds",
      { count: "yes", more_than: "1/2", of: ["yes", "no", "abstain"] },
      { yes: 5, no: 5 },
      true,
    ],
    [
      "half of three kinds, and more for than against",
      { count: "yes", more_than: "1/2", of: ["yes", "no", "abstain"] },
      { yes: 5, no: 4, abstain: 1 },
      false,
    ],
    ["no ballot", { count: "yes", more_than: "1/2", of }, {}, false],
    ["abstentions alone", { count: "yes", more_than: "1/2", of }, { abstain: 5 }, false],
    ["nothing more than nothing", { count: "yes", more_than: 1, of: "no" }, { blank: 2 }, false],
    [
      "no weight for or against",
      { count: { weight: "yes" }, more_than: "1/2", of: { weight: of } },
      { abstain: [2, 7n] },
      false,
    ],
    [
      "by weight",
      { count: { weight: "yes" }, more_than: "1/2", of: { weight: of } },
      { yes: [1, 5n], no: [2, 5n] },
      true,
    ],
    ["at least half", { count: "yes", at_least: "3/5", of }, { yes: 5, no: 5 }, false],
    [
      "more than half of the cast",
      { count: "yes", more_than: "1/2", of: "cast" },
      { yes: 5, no: 5 },
      false,
    ],
    ["more than two thirds", { count: "yes", more_than: "2/3", of }, { yes: 2, no: 1 }, false],
    ["twice as many", { count: "yes", more_than: 2, of: "no" }, { yes: 4, no: 2 }, false],
    ["no more than half", { count: "no", more_than: "1/2", of }, { yes: 5, no: 5 }, false],
    [
      "ballots of weight",
      { count: "yes", more_than: "1/2", of: { weight: of } },
      { yes: 5, no: 5 },
      false,
    ],
    [
      "less something",
      { count: { ballots: "yes", less: "blank" }, more_than: "1/2", of },
      { yes: 5, no: 5 },
      false,
    ],
    [
      "of less something",
      { count: "yes", more_than: "1/2", of: { ballots: of, less: "blank" } },
      { yes: 5, no: 5 },
      false,
    ],
    ["a figure", { count: "yes", more_than: 5 }, { yes: 5, no: 5 }, false],
    [
      "yes of yes and abstain",
      { count: "yes", more_than: "1/2", of: ["yes", "abstain"] },
      { yes: 5, abstain: 5 },
      false,
    ],
  ])("takes for a tie equal votes for and against alone: %s", (_, requirement, total, isTie) => {
    expect(shownOf([requirement], whole(total)).outcome).toBe(isTie ? "tie" : "not_carried");
  });

  it("is no tie where something else is missed besides", () => {
    const tooMany = { count: "yes", at_least: 9 };
    expect(shownOf([yes, tooMany], whole({ yes: 5, no: 5 })).outcome).toBe("not_carried");
  });
});

describe("what is said of regions whose votes are not shown", () => {
  const hidden = ["south"];
  const hiddenSentence = "Not met, by figures of regions that are not shown.";

  it("is how many agree, and not which of the hidden", () => {
    const each = findingOf({ each: "regions", meets: "for" }, inputOf(regions), { hidden });
    expect(each).toMatchObject({
      sentence: "2 of 3 regions agree; each must. Not met: not by 1 not shown.",
      missed: "1",
    });
    expect(each.units.map(({ unit }) => unit)).toEqual(["north", "east"]);
    expect(each.parts).toHaveLength(2);
    const both = findingOf({ each: "regions", meets: "against" }, inputOf(regions), { hidden });
    expect(both.sentence).toBe("1 of 3 regions agree; each must. Not met: not by north, east.");
  });

  it("is of counted units their number, and of weighed ones nothing that a weight tells", () => {
    const counted = { count: { units: "regions", that: "for" }, at_least: 3 };
    const finding = findingOf(counted, inputOf(regions), { hidden });
    expect(finding).toMatchObject({ actual: "2", missed: "1" });
    expect(finding.units.map(({ unit }) => unit)).toEqual(["north", "east"]);
    const weighed = { count: { weigh: "seats", that: "for" }, at_least: 4 };
    expect(findingOf(weighed, inputOf(regions), { hidden, ...seats })).toMatchObject({
      met: false,
      sentence: hiddenSentence,
      actual: null,
      missed: null,
      units: [
        { unit: "north", met: true },
        { unit: "east", met: true },
      ],
    });
    // What units weigh without a test tells nothing of votes.
    const weights = { count: "yes", at_least: "9/10", of: { weigh: "seats" } };
    expect(findingOf(weights, inputOf(regions), { hidden, ...seats }).actual).toBe("6");
  });

  it("is nothing of the figures of a place that holds one, and all of the whole", () => {
    const of_each = { shares: "seats", ballots: "yes", of_each: of };
    for (const requirement of [
      { within: "coast", count: "yes", at_least: 5 },
      { count: { within: "coast", ballots: "yes" }, at_least: 5 },
      { count: of_each, at_least: "7/2" },
      { count: "yes", at_least: "9/10", of: { within: "coast", ballots: "cast" } },
    ]) {
      const { sentence, actual } = findingOf(requirement, inputOf(regions), {
        hidden,
        ...groups,
        ...seats,
      });
      expect([sentence.replace(/^In coast: /, ""), actual]).toEqual([hiddenSentence, null]);
    }
    expect(findingOf(majority, inputOf(regions), { hidden }).actual).toBe("6");
    const shown = { within: ["north", "east"], count: "yes", at_least: 5 };
    expect(findingOf(shown, inputOf(regions), { hidden }).actual).toBe("5");
    const met = { within: "coast", count: "yes", at_least: 4 };
    expect(findingOf(met, inputOf(regions), { hidden, ...groups }).sentence).toBe(
      "In coast: Met, by figures of regions that are not shown.",
    );
  });
});

describe("two elections that differ in regions that are not shown", () => {
  it("come to the same words and figures under any rule, where the same tests are met", () => {
    let compared = 0;
    fc.assert(
      fc.property(specArbitrary, votersArbitrary, (spec, voters) => {
        const parsed = parseRule(documentOf(spec), limits);
        fc.pre("rule" in parsed);
        if ("faults" in parsed) return;
        const { rule } = parsed;
        // Whoever votes in b votes in c, and the reverse: the whole stays as it is.
        const swapped = voters.map((voter) => ({
          ...voter,
          region: voter.region === "a" ? "a" : voter.region === "b" ? "c" : "b",
        }));
        const viewOf = (list: typeof voters) => {
          const input = { regions: regionsOf(list), isClosed: true };
          const outcome = evaluateOutcome(rule, input, { hidden: new Set(["b", "c"]) });
          if ("faults" in outcome) throw new Error("the oracle gives every figure");
          return viewRuleOutcome(outcome);
        };
        const [one, other] = [viewOf(voters), viewOf(swapped)];
        const metOf = ({ requirements }: typeof one) =>
          requirements.map(({ met, clause, sentence }) => [
            met,
            clause?.met,
            sentence.includes("Deemed met"),
          ]);
        if (JSON.stringify(metOf(one)) !== JSON.stringify(metOf(other))) return;
        compared += 1;
        expect(other).toEqual(one);
      }),
      { numRuns: randomRuns(400), maxSkipsPerRun: 1_000 },
    );
    expect(compared).toBeGreaterThan(randomRuns(200));
  });
});

describe("a forecast that is shown", () => {
  const rule = ruleOf({ requirements: [{ id: "r", ...majority }] });
  const viewOf = (counts: Record<string, PlainCounts>, isClosed: boolean) => {
    const view = viewForecast(forecastOutcome(rule, inputOf(counts, { isClosed })));
    expect(forecastSchema.parse(view)).toEqual(view);
    return view;
  };

  it("says how many further votes would carry it, where, and how certain it is", () => {
    expect(viewOf({ a: { yes: 3, no: 5, eligible: 20 } }, false)).toEqual({
      counted_by: "ballots",
      certainty: "open",
      further_yes: {
        result: "found",
        votes: "3",
        at_least: "3",
        exact: true,
        regions: [{ region: "a", votes: "3" }],
        reason: null,
      },
      no_to_yes: null,
      abstain_to_yes: {
        result: "impossible",
        votes: null,
        at_least: null,
        exact: true,
        regions: [],
        reason: null,
      },
      yes_to_no: null,
    });
  });

  it("says after the close how many would have had to change", () => {
    const found = { result: "found", votes: "1", at_least: "1", exact: true };
    expect(viewOf({ a: { yes: 4, no: 5, eligible: 9 } }, true)).toMatchObject({
      certainty: "lost",
      further_yes: null,
      no_to_yes: { ...found, regions: [{ region: "a", votes: "1" }] },
      abstain_to_yes: { result: "impossible" },
      yes_to_no: null,
    });
    expect(viewOf({ a: { yes: 5, no: 4, eligible: 9 } }, true)).toMatchObject({
      certainty: "carried",
      no_to_yes: null,
      abstain_to_yes: null,
      yes_to_no: found,
    });
  });

  it("says that it is met, or that no vote could", () => {
    const none = { votes: null, at_least: null, exact: true, regions: [] };
    expect(viewOf({ a: { yes: 5, no: 1, eligible: 6 } }, false)).toMatchObject({
      certainty: "carried",
      further_yes: { ...none, result: "met" },
    });
    expect(viewOf({ a: { yes: 1, no: 5, eligible: 7 } }, false)).toMatchObject({
      certainty: "lost",
      further_yes: { ...none, result: "impossible" },
    });
  });

  it("says what it does not know, and where there is none", () => {
    const unknown = viewForecast({
      countedBy: "weight",
      certainty: "open",
      furtherYes: { type: "unknown", reason: "too_much_work" },
      noToYes: { type: "found", steps: 5n, atLeast: 3n, regions: new Map([["a", 5n]]) },
      abstainToYes: { type: "found", steps: 2n, atLeast: 2n, regions: new Map([["a", 2n]]) },
      yesToNo: null,
    });
    expect(unknown).toMatchObject({
      counted_by: "weight",
      further_yes: { result: "unknown", exact: false, reason: "too_much_work" },
      no_to_yes: { votes: "5", at_least: "3", exact: false },
      abstain_to_yes: { votes: "2", at_least: "2", exact: true },
    });
    expect(viewForecast(null)).toBeNull();
  });
});
