import { describe, expect, it } from "vitest";
import { evaluateOutcome, isTied } from "../../../src/rules/outcome.ts";
import { contextOf } from "../../../src/rules/to-figures.ts";
import { Work } from "../../../src/rules/work.ts";
import { inputOf, outcomeOf, ruleOf, type PlainCounts } from "./rules.ts";

const of = ["yes", "no"];
const majority = { id: "majority", count: "yes", more_than: "1/2", of };
const turnout = { id: "turnout", quorum: true, count: "cast", at_least: "1/2", of: "eligible" };

describe("whether votes are equal", () => {
  const tied = (requirement: object, total: PlainCounts) => {
    const rule = ruleOf({ requirements: [{ id: "r", ...requirement }] });
    const context = contextOf(rule, inputOf({}, { total }), new Work(10_000));
    return rule.requirements.map(({ test }) => isTied(test, context))[0];
  };
  const even = { yes: 3, no: 3 };

  it.each([
    [{ count: "yes", more_than: "1/2", of }],
    [{ count: "yes", more_than: "1/2", of: ["no", "yes"] }],
    [{ count: "yes", more_than: 1, of: "no" }],
    [{ count: { weight: "yes" }, more_than: "1/2", of: { weight: of } }],
  ])("is asked of a majority: %j", (requirement) => {
    expect(tied(requirement, even)).toBe(true);
    expect(tied(requirement, { yes: 4, no: 3 })).toBe(false);
    expect(tied(requirement, { yes: 3, no: 4 })).toBe(false);
    expect(tied(requirement, {})).toBe(false);
  });

  it.each([
    [{ count: "yes", at_least: "1/2", of }],
    [{ count: "yes", less_than: "1/2", of }],
    [{ count: "yes", more_than: "2/3", of }],
    [{ count: "yes", more_than: 2, of: "no" }],
    [{ count: "yes", more_than: "1/2", of: "yes" }],
    [{ count: "yes", more_than: "1/2", of: "no" }],
    [{ count: "no", more_than: "1/2", of }],
    [{ count: "no", more_than: 1, of: "yes" }],
    [{ count: ["yes", "abstain"], more_than: "1/2", of }],
    [{ count: "yes", more_than: "1/2", of: "cast" }],
    [{ count: "yes", more_than: 1, of: "abstain" }],
    [{ count: "yes", more_than: 3 }],
    [{ count: "yes", more_than: "1/2", of: { weight: of } }],
    [{ count: { weight: "yes" }, more_than: "1/2", of }],
    [{ count: { ballots: "yes", less: "abstain" }, more_than: "1/2", of }],
    [{ count: "yes", more_than: "1/2", of: { ballots: of, less: "abstain" } }],
    [{ count: { units: "regions", that: "for" }, more_than: 1 }],
    [{ not: { count: "yes", more_than: "1/2", of } }],
    [{ all: [{ count: "yes", more_than: "1/2", of }] }],
  ])("is asked of no other test: %j", (requirement) => {
    expect(tied(requirement, even)).toBe(false);
  });

  it("is not so where who abstains is of the base too, unless nobody does", () => {
    const ofVoting = { count: "yes", more_than: "1/2", of: ["yes", "no", "abstain"] };
    expect(tied(ofVoting, { ...even, abstain: 1 })).toBe(false);
    expect(tied(ofVoting, even)).toBe(true);
    expect(tied(ofVoting, { yes: 4, no: 3, abstain: 1 })).toBe(false);
  });

  it("is not so of a threshold that is rounded away from half", () => {
    const rounded = { count: "yes", more_than: "1/2", of, rounded: "up" };
    expect(tied(rounded, even)).toBe(true);
    expect(tied({ ...rounded, of: ["yes", "no", "blank"] }, { ...even, blank: 1 })).toBe(false);
    const down = { ...rounded, rounded: "down", of: ["yes", "no", "blank"] };
    expect(tied(down, { ...even, blank: 1 })).toBe(true);
  });

  it("is by weight where the rule counts it", () => {
    const weighed = { count: { weight: "yes" }, more_than: "1/2", of: { weight: of } };
    expect(tied(weighed, { yes: [1, 9n], no: [3, 9n] })).toBe(true);
    expect(tied(weighed, { yes: [3, 9n], no: [3, 8n] })).toBe(false);
  });
});

describe("what an outcome says", () => {
  const sentenceOf = (requirements: object[], total: PlainCounts, more = {}, rule = {}) => {
    const read = ruleOf({ ...rule, requirements });
    const { outcome, ifClosedNow, sentence } = outcomeOf(read, inputOf({}, { total, ...more }));
    return [outcome, ifClosedNow, sentence];
  };

  it("is that every requirement is met, or which are missed", () => {
    expect(sentenceOf([majority], { yes: 3, no: 2 })).toEqual([
      "carried",
      "carried",
      "Carried: every requirement is met.",
    ]);
    const half = { id: "half", count: "yes", at_least: "1/2", of: "eligible" };
    expect(sentenceOf([majority, half], { yes: 2, no: 3, eligible: 9 })).toEqual([
      "not_carried",
      "not_carried",
      "Not carried: what is missed is majority, half.",
    ]);
    expect(sentenceOf([majority, half], { yes: 3, no: 2, eligible: 9 })[2]).toBe(
      "Not carried: what is missed is half.",
    );
  });

  it("is that there was no quorum, whatever else is met or missed", () => {
    expect(sentenceOf([majority, turnout], { yes: 3, no: 2, eligible: 11 })).toEqual([
      "no_quorum",
      "no_quorum",
      "No quorum: what is missed is turnout.",
    ]);
    expect(sentenceOf([majority, turnout], { no: 2, eligible: 11 })[2]).toBe(
      "No quorum: what is missed is majority, turnout.",
    );
    expect(sentenceOf([majority, turnout], { yes: 4, no: 2, eligible: 12 })[0]).toBe("carried");
    expect(sentenceOf([majority, turnout], { eligible: 11 })[2]).toBe(
      "No quorum: what is missed is majority, turnout.",
    );
  });

  it("is that nobody voted for or against, where that is so", () => {
    expect(sentenceOf([majority], { abstain: 3 })[2]).toBe(
      "Not carried: nobody voted for or against; what is missed is majority.",
    );
    expect(sentenceOf([majority], { no: 1 })[2]).toBe("Not carried: what is missed is majority.");
    const some = { id: "some", count: "abstain", at_least: 1 };
    expect(sentenceOf([some], { abstain: 1 })[2]).toBe("Carried: every requirement is met.");
  });

  it("is a tie, unless a casting vote decides it", () => {
    const even = { yes: 2, no: 2 };
    const tie = "A tie, and so not carried: what is missed is majority.";
    expect(sentenceOf([majority], even)).toEqual(["tie", "tie", tie]);
    const casting = { on_tie: "casting_vote" };
    expect(sentenceOf([majority], even, {}, casting)[2]).toBe(tie);
    expect(sentenceOf([majority], even, { castingVote: "yes" }, casting)).toEqual([
      "carried",
      "carried",
      "Carried: the casting vote decided.",
    ]);
    expect(sentenceOf([majority], even, { castingVote: "no" }, casting)[2]).toBe(
      "Not carried: what is missed is majority.",
    );
  });

  it("is no tie where something else is missed too", () => {
    const two = { id: "two", count: "abstain", at_least: 2 };
    expect(sentenceOf([majority, two], { yes: 2, no: 2 })[0]).toBe("not_carried");
    expect(sentenceOf([two, majority], { yes: 2, no: 2 })[0]).toBe("not_carried");
    expect(sentenceOf([two, majority], { yes: 2, no: 2, abstain: 2 })[0]).toBe("tie");
  });

  it("is undecided while votes can come, with what it would be now", () => {
    expect(sentenceOf([majority], { yes: 3, no: 2 }, { isClosed: false })).toEqual([
      "undecided",
      "carried",
      "Still open; if it closed now: Carried: every requirement is met.",
    ]);
  });

  it("of a figure that is lacking is its fault, and no other error is one", () => {
    const rule = ruleOf({ requirements: [majority, turnout] });
    const { faults } = evaluateOutcome(rule, inputOf({}, { total: { yes: 1 } })) as {
      faults: object[];
    };
    expect(faults).toEqual([
      { pointer: "/total/eligible", detail: "the rule counts by the eligible here: give them" },
    ]);
    const work = new Work(1);
    expect(() => evaluateOutcome(rule, inputOf({}), { work })).toThrow("");
  });
});

describe("a requirement that is deemed met", () => {
  const rule = ruleOf({
    requirements: [
      {
        id: "most",
        count: "yes",
        at_least: "3/4",
        of,
        deemed_met_when: { count: "no", less_than: 3 },
      },
    ],
  });
  const found = (yes: number, no: number) => {
    const { requirements, outcome } = outcomeOf(rule, inputOf({}, { total: { yes, no } }));
    return { outcome, requirement: requirements[0] };
  };

  it("says so, and by what, where it is missed and its clause is met", () => {
    const { outcome, requirement } = found(1, 2);
    expect(outcome).toBe("carried");
    expect(requirement).toMatchObject({ id: "most", isQuorum: false, isMet: true });
    expect(requirement?.sentence).toBe(
      "Yes: 1 of 3 (yes and no); needed at least 3/4, that is 3: not met. Deemed met, since No: 2; allowed fewer than 3, that is 2: met.",
    );
    expect(requirement?.clause).toMatchObject({ isMet: true });
  });

  it("says nothing of its clause where it is met itself, or the clause is not", () => {
    expect(found(3, 1)).toMatchObject({
      outcome: "carried",
      requirement: {
        isMet: true,
        sentence: "Yes: 3 of 4 (yes and no); needed at least 3/4, that is 3: met.",
        clause: { isMet: true },
      },
    });
    expect(found(3, 3)).toMatchObject({
      outcome: "not_carried",
      requirement: {
        isMet: false,
        sentence: "Yes: 3 of 6 (yes and no); needed at least 3/4, that is 5: not met.",
        clause: { isMet: false },
      },
    });
  });
});
