import { describe, expect, it } from "vitest";
import { findPreset, presets } from "../../../src/rules/presets/presets.ts";
import { cantonalVotes, statePopulations } from "../../../src/rules/presets/tables.ts";
import { inputOf, outcomeOf, presetRule, ruleOf, type PlainCounts } from "./rules.ts";

function verdictOf(name: string, total: PlainCounts, regions: Record<string, PlainCounts> = {}) {
  return outcomeOf(presetRule(name), inputOf(regions, { total })).outcome;
}

describe("the presets", () => {
  it("have names that stand once, a title that is the rule's, words, and where they are from", () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
    for (const { name, title, description, sources, rule } of presets) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect([name, title]).toEqual([name, ruleOf(rule).title]);
      expect(title).toMatch(/\w+/);
      expect(description).toMatch(/^\w[^.]+\./);
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) {
        expect(source.title).toMatch(/\w+ \w+/);
        expect(new URL(source.url).protocol).toBe("https:");
      }
      expect(findPreset(name)?.rule).toBe(rule);
    }
    expect(findPreset("no-such-rule")).toBeNull();
  });

  it.each<[name: string, justCarried: PlainCounts, justNot: PlainCounts, verdict: string]>([
    ["simple-majority", { yes: 51, no: 50, abstain: 90 }, { yes: 50, no: 50 }, "tie"],
    ["simple-majority", { yes: 51, no: 50 }, { yes: 50, no: 51, abstain: 90 }, "not_carried"],
    [
      "two-thirds-present-and-voting",
      { yes: 66, no: 33, abstain: 9 },
      { yes: 65, no: 33 },
      "not_carried",
    ],
    ["absolute-majority", { yes: 51, eligible: 101 }, { yes: 50, eligible: 100 }, "not_carried"],
    ["iwc-three-quarters", { yes: 75, no: 25, abstain: 9 }, { yes: 74, no: 25 }, "not_carried"],
    ["swiss-optional-referendum", { yes: 2, no: 1 }, { yes: 1, no: 1 }, "not_carried"],
    [
      "turnout-quorum-referendum",
      { yes: 40, no: 10, blank: 1, eligible: 101 },
      { yes: 50, eligible: 100 },
      "no_quorum",
    ],
    [
      "turnout-quorum-referendum",
      { yes: 26, no: 25, eligible: 100 },
      { yes: 30, no: 30, eligible: 100 },
      "not_carried",
    ],
    [
      "approval-quorum-referendum",
      { yes: 25, no: 24, eligible: 100 },
      { yes: 24, no: 1, eligible: 100 },
      "not_carried",
    ],
    [
      "approval-quorum-referendum",
      { yes: 31, no: 30, eligible: 100 },
      { yes: 30, no: 30, eligible: 100 },
      "not_carried",
    ],
    [
      "danish-constitution",
      { yes: 40, no: 39, eligible: 100 },
      { yes: 39, no: 1, eligible: 100 },
      "not_carried",
    ],
    [
      "danish-constitution",
      { yes: 46, no: 45, eligible: 100 },
      { yes: 45, no: 45, eligible: 100 },
      "not_carried",
    ],
    [
      "us-senate-cloture",
      { yes: 60, no: 40, eligible: 100 },
      { yes: 59, no: 1, eligible: 100 },
      "not_carried",
    ],
  ])("%s is carried by just enough, and not by one less", (name, enough, tooFew, verdict) => {
    expect(verdictOf(name, enough)).toBe("carried");
    expect(verdictOf(name, tooFew)).toBe(verdict);
  });

  it("swiss-double-majority needs the people, and more than half of 23 cantonal votes", () => {
    const full = Object.keys(cantonalVotes).filter((code) => cantonalVotes[code] === 1);
    const half = Object.keys(cantonalVotes).filter((code) => cantonalVotes[code] === "1/2");
    expect([full.length, half.length]).toEqual([20, 6]);
    const vote = (yesIn: string[], people: PlainCounts) =>
      verdictOf(
        "swiss-double-majority",
        people,
        Object.fromEntries(
          [...full, ...half].map((code) => [code, yesIn.includes(code) ? { yes: 3 } : { no: 3 }]),
        ),
      );
    const people = { yes: 51, no: 50 };
    expect(vote([...full.slice(0, 9), ...half], people)).toBe("carried");
    // 23/2 votes are half of them, and no tie.
    expect(vote([...full.slice(0, 9), ...half.slice(0, 5)], people)).toBe("not_carried");
    expect(vote([...full, ...half], { yes: 50, no: 50 })).toBe("not_carried");
  });

  it("eu-qualified-majority needs 15 of 27 states with 65 % of the population, or that fewer than four withhold", () => {
    const states = Object.keys(statePopulations);
    expect(states).toHaveLength(27);
    expect(Object.values(statePopulations).reduce((sum, one) => sum + one, 0)).toBe(10_001);
    const vote = (against: string[]) =>
      verdictOf(
        "eu-qualified-majority",
        {},
        Object.fromEntries(
          states.map((code) => [code, against.includes(code) ? { no: 1 } : { yes: 1 }]),
        ),
      );
    // The twelve smallest may be against; with one more the states are too few.
    expect(vote(states.slice(-12))).toBe("carried");
    expect(vote(states.slice(-13))).toBe("not_carried");
    // The three largest have more than 35 %, but three are no blocking minority; four are.
    expect(vote(states.slice(0, 3))).toBe("carried");
    expect(vote(states.slice(0, 4))).toBe("not_carried");
    expect(vote(["BE", "CZ", "PT", "SE"])).toBe("carried");
  });

  it("australian-double-majority needs four of six states and the electors, those of territories too", () => {
    const states = ["NSW", "VIC", "QLD", "SA", "WA", "TAS"];
    const vote = (agreeing: number, territory: PlainCounts) => {
      const regions = states.map((code, at) => [code, at < agreeing ? { yes: 9 } : { no: 9 }]);
      const input = inputOf({ ...Object.fromEntries(regions), NT: territory });
      return outcomeOf(presetRule("australian-double-majority"), input).outcome;
    };
    expect(vote(4, {})).toBe("carried");
    expect(vote(3, { yes: 99 })).toBe("not_carried");
    expect(vote(4, { no: 19 })).toBe("not_carried");
    expect(vote(4, { no: 18 })).toBe("not_carried");
    expect(vote(4, { no: 17 })).toBe("carried");
  });

  it("iucn-two-houses needs more yes than no in each house, by weight", () => {
    const vote = (a: PlainCounts, b: PlainCounts) =>
      outcomeOf(presetRule("iucn-two-houses"), inputOf({ A: a, B: b })).outcome;
    const narrow = { yes: [1, 10n], no: [5, 9n] } satisfies PlainCounts;
    expect(vote(narrow, { yes: 1 })).toBe("carried");
    expect(vote(narrow, { yes: 1, no: 1 })).toBe("not_carried");
    expect(vote({ yes: [9, 9n], no: [1, 9n] }, { yes: 1 })).toBe("not_carried");
  });

  it("un-security-council needs nine, and no permanent member against", () => {
    const permanent = ["CN", "FR", "GB", "RU", "US"];
    const vote = (elected: number, given: Record<string, PlainCounts> = {}) => {
      const others = Array.from({ length: 10 }, (_, at) => [
        `E${at}`,
        at < elected ? { yes: 1 } : { no: 1 },
      ]);
      const members = permanent.map((code) => [code, { yes: 1 }]);
      const input = inputOf({ ...Object.fromEntries([...others, ...members]), ...given });
      return outcomeOf(presetRule("un-security-council"), input).outcome;
    };
    expect([vote(4), vote(3)]).toEqual(["carried", "not_carried"]);
    for (const code of permanent) {
      expect(vote(10, { [code]: { no: 1 } })).toBe("not_carried");
      expect(vote(10, { [code]: { abstain: 1 } })).toBe("carried");
    }
  });
});
