import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRule } from "../../../src/rules/parse-rule.ts";
import { presets } from "../../../src/rules/presets/presets.ts";
import { limits } from "../../../src/shared/limits.ts";
import { randomRuns } from "../../support/random-runs.ts";
import { documentOf, regionsOf, specArbitrary, verdictByHand, votersArbitrary } from "./oracle.ts";
import { findingOf, inputOf, outcomeOf, presetRule, ruleOf } from "./rules.ts";

const of = ["yes", "no"];

function outcomeBy(requirement: object, total: object, more = {}) {
  const rule = ruleOf({ requirements: [{ id: "r", ...requirement }] });
  return outcomeOf(rule, inputOf({}, { total, ...more })).outcome;
}

describe("the outcome", () => {
  it("is what counting voters one by one gives, in 100,000 random votes under random rules", () => {
    let evaluated = 0;
    const tallies = fc.array(votersArbitrary, { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(specArbitrary, tallies, (spec, polls) => {
        const parsed = parseRule(documentOf(spec), limits);
        fc.pre("rule" in parsed);
        if ("faults" in parsed) return;
        for (const voters of polls) {
          const input = { regions: regionsOf(voters), isClosed: true };
          const { outcome } = outcomeOf(parsed.rule, input);
          // Compared without `expect`, which would take longer than evaluating.
          if (outcome !== verdictByHand(spec, voters)) expect.fail(outcome);
          evaluated += 1;
        }
      }),
      { numRuns: randomRuns(2_000), maxSkipsPerRun: 1_000 },
    );
    expect(evaluated).toBeGreaterThanOrEqual(randomRuns(100_000));
  });

  it("is right at every share: exactly there, one more, one less", () => {
    for (let under = 1; under <= 12; under += 1) {
      for (let over = 1; over < under; over += 1) {
        const base = under * 1_000_003;
        const exact = over * 1_000_003;
        for (const [yes, atLeast, moreThan] of [
          [exact - 1, false, false],
          [exact, true, false],
          [exact + 1, true, true],
        ] as const) {
          const total = { yes, no: base - yes };
          const share = `${over}/${under}`;
          const answers = [
            outcomeBy({ count: "yes", at_least: share, of }, total) === "carried",
            outcomeBy({ count: "yes", more_than: share, of }, total) === "carried",
            outcomeBy({ count: "yes", less_than: share, of }, total) === "carried",
            outcomeBy({ count: "yes", at_most: share, of }, total) === "carried",
          ];
          expect(answers, `${yes} of ${base}, ${share}`).toEqual([
            atLeast,
            moreThan,
            !atLeast,
            !moreThan,
          ]);
        }
      }
    }
  });

  it("is exact past 2^53, where a double can't tell one vote from none", () => {
    const half = 10n ** 24n;
    const rule = { count: { weight: "yes" }, more_than: "1/2", of: { weight: of } };
    const votes = (yes: bigint) => ({ yes: [1, yes], no: [1, half] });
    expect(outcomeBy(rule, votes(half))).toBe("tie");
    expect(outcomeBy(rule, votes(half + 1n))).toBe("carried");
    expect(outcomeBy(rule, votes(half - 1n))).toBe("not_carried");
  });

  it("of a tie is carried only by a casting vote that the rule allows", () => {
    const majority = { id: "r", count: "yes", more_than: "1/2", of };
    const tied = (on_tie: string, castingVote?: "yes" | "no") =>
      outcomeOf(
        ruleOf({ on_tie, requirements: [majority] }),
        inputOf({}, { total: { yes: 50, no: 50 }, ...(castingVote && { castingVote }) }),
      ).outcome;
    expect(tied("tie", "yes")).toBe("tie");
    expect(tied("not_carried", "yes")).toBe("not_carried");
    expect(["yes", "no"].map((vote) => tied("casting_vote", vote as "yes"))).toEqual([
      "carried",
      "not_carried",
    ]);
    expect(tied("casting_vote")).toBe("tie");
  });

  it("of nobody for or against is not carried, whoever has a casting vote", () => {
    const majority = { id: "r", count: "yes", more_than: "1/2", of };
    for (const on_tie of ["tie", "not_carried", "casting_vote"]) {
      for (const total of [{}, { abstain: 9 }, { blank: 1, invalid: 1 }]) {
        const input = inputOf({}, { total, castingVote: "yes" });
        const { outcome } = outcomeOf(ruleOf({ on_tie, requirements: [majority] }), input);
        expect(outcome, `${on_tie}, ${JSON.stringify(total)}`).toBe("not_carried");
      }
    }
  });

  it("of no votes at all is never carried", () => {
    expect(outcomeBy({ count: "yes", at_least: "3/4", of }, {})).toBe("not_carried");
    expect(outcomeBy({ count: "yes", at_least: "1/4", of: "eligible" }, { eligible: 0 })).toBe(
      "not_carried",
    );
  });
});

describe("rules of real bodies", () => {
  it("a permanent member's no stops the Security Council, an abstention does not", () => {
    const others = "DK DZ GR GY KR PA PK SI SL SO".split(" ").map((code) => [code, { yes: 1 }]);
    const vote = (russia: object) =>
      outcomeOf(
        presetRule("un-security-council"),
        inputOf({ ...Object.fromEntries(others), RU: russia, CN: { abstain: 1 } }),
      ).outcome;
    expect(vote({ no: 1 })).toBe("not_carried");
    expect(vote({ abstain: 1 })).toBe("carried");
  });

  it.each([
    "swiss-optional-referendum",
    "turnout-quorum-referendum",
    "approval-quorum-referendum",
    "danish-constitution",
  ])("equal votes do not carry a referendum, and leave no tie: %s", (name) => {
    const total = { yes: 5, no: 5, eligible: 10 };
    expect(outcomeOf(presetRule(name), inputOf({}, { total })).outcome).toBe("not_carried");
  });

  it("fixed shares: a chamber's votes weigh its share, however many they are", () => {
    const document = (when_empty: string) => ({
      tables: { share: { social: "1/3", economic: "1/3", environmental: "1/3" } },
      requirements: [
        {
          id: "two_thirds",
          count: { shares: "share", ballots: "yes", of_each: of, when_empty },
          at_least: "2/3",
        },
      ],
    });
    const votes = {
      social: { yes: 3 },
      economic: { yes: 100, no: 900 },
      environmental: { yes: 9, no: 1 },
    };
    const { figures } = findingOf(
      outcomeOf(ruleOf(document("lost")), inputOf(votes)),
      "two_thirds",
    );
    expect(figures?.actual).toEqual({ numerator: 2n, denominator: 3n });
    const silent = { social: { yes: 3 }, environmental: { yes: 9, no: 1 } };
    const outcomes = ["lost", "shared_out"].map(
      (how) => outcomeOf(ruleOf(document(how)), inputOf(silent)).outcome,
    );
    expect(outcomes).toEqual(["not_carried", "carried"]);
  });

  it("chambers of sub-chambers: each chamber must agree by the shares of its own", () => {
    const rule = ruleOf({
      tables: {
        share: { "env north": "1/2", "env south": "1/2", "eco north": "1/2", "eco south": "1/2" },
      },
      groups: {
        environmental: ["env north", "env south"],
        economic: ["eco north", "eco south"],
        chambers: ["environmental", "economic"],
      },
      requirements: [
        {
          id: "chambers",
          each: "chambers",
          meets: {
            count: { shares: "share", units: "members", ballots: "yes", of_each: of },
            more_than: "1/2",
          },
        },
      ],
    });
    const north = { "env north": { yes: 90, no: 10 }, "eco north": { yes: 6, no: 4 } };
    const south = (yes: number) => ({
      "env south": { yes: 1, no: 3 },
      "eco south": { yes, no: 1 },
    });
    expect(outcomeOf(rule, inputOf({ ...north, ...south(1) })).outcome).toBe("carried");
    expect(outcomeOf(rule, inputOf({ ...north, ...south(0) })).outcome).toBe("not_carried");
  });

  it("GNSO supermajority: two thirds of both houses, or three quarters of one and a majority of the other", () => {
    const part = (within: string, share: string) => ({
      within,
      count: "yes",
      at_least: share,
      of: "eligible",
    });
    const majority = (within: string) => ({
      within,
      count: "yes",
      more_than: "1/2",
      of: "eligible",
    });
    const rule = ruleOf({
      requirements: [
        {
          id: "super",
          any: [
            { all: [part("A", "2/3"), part("B", "2/3")] },
            { all: [part("A", "3/4"), majority("B")] },
            { all: [majority("A"), part("B", "3/4")] },
          ],
        },
      ],
    });
    const vote = (a: number, b: number) =>
      outcomeOf(rule, inputOf({ A: { yes: a, eligible: 12 }, B: { yes: b, eligible: 12 } }))
        .outcome;
    expect([vote(8, 8), vote(9, 7), vote(7, 9), vote(8, 7), vote(12, 6)]).toEqual([
      "carried",
      "carried",
      "carried",
      "not_carried",
      "not_carried",
    ]);
  });

  it("condominium: heads of those present, and 500 per mille of the building", () => {
    const rule = ruleOf({
      requirements: [
        { id: "heads", count: "yes", more_than: "1/2", of: "present" },
        { id: "shares", count: { weight: "yes" }, at_least: 500 },
      ],
    });
    const vote = (weight: bigint) =>
      outcomeOf(rule, inputOf({}, { total: { yes: [3, weight], no: [2, 400n] } })).outcome;
    expect([vote(499n), vote(500n)]).toEqual(["not_carried", "carried"]);
  });

  it("a regional electorate that the rule counts by and nobody gave is named", () => {
    const rule = ruleOf({
      requirements: [
        {
          id: "r",
          each: "regions",
          meets: { count: "cast", at_least: "1/2", of: "eligible" },
        },
      ],
    });
    expect(() => outcomeOf(rule, inputOf({ north: { yes: 1 } }))).toThrow(
      "/regions/north/eligible",
    );
  });
});

describe("every preset", () => {
  it.each(presets.map(({ name, rule }) => ({ name, rule })))(
    "$name is a sound rule that unanimity carries and nobody's vote does not, unless silence agrees",
    ({ name, rule }) => {
      const names = Object.values(rule["tables"] ?? {}).flatMap((table: object) =>
        Object.keys(table),
      );
      const groups = (rule["groups"] ?? {}) as Record<string, string[]>;
      const codes = Object.values(groups).flat();
      const regions = codes.filter((code) => !Object.hasOwn(groups, code));
      // The Union votes in place of its members.
      const everyone = ["A", "B", ...names, ...regions].filter(
        (code) => name !== "rhine-commission" || code !== "EU",
      );
      const vote = (counts: object) =>
        outcomeOf(
          ruleOf(rule),
          inputOf(Object.fromEntries(everyone.map((code) => [code, counts]))),
        );
      expect(vote({ yes: 7, eligible: 7 }).outcome).toBe("carried");
      expect(vote({ no: 7, eligible: 7 }).outcome).toBe("not_carried");
      const isSilenceAgreeing = name === "silence-procedure";
      expect(vote({ eligible: 7 }).outcome === "carried").toBe(isSilenceAgreeing);
    },
  );
});
