import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RuleInput } from "../../../../src/rules/rule-input.ts";
import { forecastOutcome, type Forecast } from "../../../../src/rules/forecast/forecast.ts";
import { parseRule } from "../../../../src/rules/parse-rule.ts";
import type { Rule } from "../../../../src/rules/rule.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { randomRuns } from "../../../support/random-runs.ts";
import {
  documentOf,
  regionsOf,
  specArbitrary,
  verdictByHand,
  votersArbitrary,
  type Voter,
} from "../oracle.ts";
import { inputOf, outcomeOf, presetRule, ruleOf } from "../rules.ts";

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
const weights = { a: 1, b: "1/2", c: 2 };

/** Rules of every kind that the search knows, over three regions. */
const rules: Record<string, Rule> = {
  majority: ruleOf({ requirements: [majority] }),
  twoThirds: ruleOf({
    requirements: [{ id: "thirds", count: "yes", at_least: "2/3", of: ["yes", "no"] }],
  }),
  approval: ruleOf({
    requirements: [majority, { id: "approval", count: "yes", at_least: "1/3", of: "eligible" }],
  }),
  turnout: ruleOf({
    requirements: [
      majority,
      { id: "turnout", quorum: true, count: "cast", more_than: "1/2", of: "eligible" },
    ],
  }),
  twoRegions: ruleOf({
    requirements: [
      majority,
      { id: "regions", count: { units: "regions", that: "for" }, at_least: 2 },
    ],
  }),
  weighted: ruleOf({
    tables: { weights },
    requirements: [
      majority,
      {
        id: "regions",
        count: { weigh: "weights", that: "for" },
        more_than: "1/2",
        of: { weigh: "weights" },
      },
    ],
  }),
  deemed: ruleOf({
    tables: { weights },
    requirements: [
      { id: "number", count: { units: "weights", that: "for" }, at_least: 2 },
      {
        id: "weight",
        count: { weigh: "weights", that: "for" },
        at_least: "3/4",
        of: { weigh: "weights" },
        deemed_met_when: { count: { units: "weights", that: "against" }, less_than: 1 },
      },
    ],
  }),
  veto: ruleOf({
    requirements: [
      { id: "five", count: "yes", at_least: 5 },
      { id: "veto", count: { units: ["a", "b"], that: "against" }, at_most: 0 },
    ],
  }),
  houses: ruleOf({
    groups: { lower: ["a", "b"], upper: ["c"], houses: ["lower", "upper"] },
    requirements: [{ id: "houses", each: "houses", meets: "for" }],
  }),
  quorate: ruleOf({
    requirements: [
      {
        id: "regions",
        count: {
          units: "regions",
          that: { all: ["for", { count: "cast", at_least: "1/2", of: "eligible" }] },
        },
        at_least: 2,
      },
      { id: "present", count: { units: "regions", that: "voting" }, at_least: 3 },
    ],
  }),
  houseChoice: ruleOf({
    requirements: [
      {
        id: "either",
        any: [
          { within: "a", count: "yes", at_least: "3/4", of: "eligible" },
          {
            all: [
              { within: ["b", "c"], count: "yes", at_least: 4 },
              { within: "a", meets: "for" },
            ],
          },
        ],
      },
    ],
  }),
  consensusLessOne: ruleOf({
    requirements: [
      { id: "against", count: "no", at_most: 1 },
      { id: "yes", count: "yes", at_least: 3 },
    ],
  }),
  shares: ruleOf({
    tables: { weights },
    requirements: [
      {
        id: "shares",
        count: { shares: "weights", ballots: "yes", of_each: ["yes", "no"] },
        at_least: "2",
      },
    ],
  }),
};

const region = fc
  .record({ yes: fc.nat(3), no: fc.nat(3), abstain: fc.nat(1), left: fc.nat(2) })
  .map(({ left, ...cast }) => ({ ...cast, eligible: cast.yes + cast.no + cast.abstain + left }));
const regionsArbitrary = fc.record({ a: region, b: region, c: region });
const abstaining = fc
  .record({ yes: fc.nat(3), no: fc.nat(2), abstain: fc.nat(3), left: fc.nat(1) })
  .map(({ left, ...cast }) => ({ ...cast, eligible: cast.yes + cast.no + cast.abstain + left }));
const manyAbstaining = fc.record({ a: abstaining, b: abstaining, c: abstaining });
type Regions = typeof regionsArbitrary extends fc.Arbitrary<infer T> ? T : never;
const codes = ["a", "b", "c"] as const;

/** Every number of steps a region, by trying all. */
function everyChange(rooms: readonly number[]): number[][] {
  return rooms.reduce<number[][]>(
    (found, room) =>
      found.flatMap((one) => Array.from({ length: room + 1 }, (_, steps) => [...one, steps])),
    [[]],
  );
}

/** What a step changes of each kind. */
type Move = { yes?: number; no?: number; abstain?: number };

function changed(regions: Regions, steps: readonly number[] = [], move: Move = {}): RuleInput {
  const { yes = 0, no = 0, abstain = 0 } = move;
  return inputOf(
    Object.fromEntries(
      codes.map((code, index) => {
        const counts = regions[code];
        const count = steps[index] ?? 0;
        const then = {
          yes: counts.yes + yes * count,
          no: counts.no + no * count,
          abstain: counts.abstain + abstain * count,
        };
        return [code, { ...counts, ...then }];
      }),
    ),
  );
}

function leastByTrying(
  rule: Rule,
  regions: Regions,
  rooms: number[],
  move: Move,
  isCarried: boolean,
): number | null {
  const totals = everyChange(rooms)
    .filter((steps) => {
      const { outcome } = outcomeOf(rule, changed(regions, steps, move));
      return (outcome === "carried") === isCarried;
    })
    .map((steps) => steps.reduce((sum, count) => sum + count, 0));
  return totals.length === 0 ? null : Math.min(...totals);
}

function expectLeast(found: Forecast["furtherYes"], least: number | null, isExact: boolean): void {
  expect(found).not.toBeNull();
  if (found === null) return;
  if (found.type === "unknown") expect(isExact).toBe(false);
  else if (found.type === "met") expect(least).toBe(0);
  else if (found.type === "impossible") expect(least).toBeNull();
  else {
    expect(least).not.toBeNull();
    expect(Number(found.atLeast)).toBeLessThanOrEqual(least ?? 0);
    expect(Number(found.steps)).toBeGreaterThanOrEqual(least ?? 0);
    if (isExact)
      expect([found.steps, found.atLeast]).toEqual([BigInt(least ?? 0), BigInt(least ?? 0)]);
    const sum = [...found.regions.values()].reduce((total, count) => total + count, 0n);
    expect(sum).toBe(found.steps);
  }
}

function forecast(rule: Rule, input: RuleInput): Forecast {
  const found = forecastOutcome(rule, input);
  if (found === null) throw new Error("ballots and weights are the same here");
  return found;
}

describe.each(Object.entries(rules))("under the rule %s", (name, rule) => {
  const isExact = name !== "shares";

  it("the smallest further yes votes are those that trying all ways finds", () => {
    fc.assert(
      fc.property(regionsArbitrary, (regions) => {
        const rooms = codes.map((code) => {
          const { yes, no, abstain, eligible } = regions[code];
          return eligible - yes - no - abstain;
        });
        const open = { ...changed(regions), isClosed: false };
        const least = leastByTrying(rule, regions, rooms, { yes: 1, no: 0 }, true);
        expectLeast(forecast(rule, open).furtherYes, least, isExact);
      }),
      { numRuns: randomRuns(150) },
    );
  });

  it("after the close, the fewest changed votes that had changed it are those that trying all finds", () => {
    fc.assert(
      fc.property(regionsArbitrary, (regions) => {
        const closed = changed(regions);
        const isCarried = outcomeOf(rule, closed).outcome === "carried";
        const found = forecast(rule, closed);
        const rooms = codes.map((code) => regions[code][isCarried ? "yes" : "no"]);
        const move = isCarried ? { yes: -1, no: 1 } : { yes: 1, no: -1 };
        const least = leastByTrying(rule, regions, rooms, move, !isCarried);
        expectLeast(isCarried ? found.yesToNo : found.noToYes, least, isExact);
      }),
      { numRuns: randomRuns(150) },
    );
  });

  it("the fewest abstentions that would carry it as yes are those that trying all finds", () => {
    fc.assert(
      fc.property(manyAbstaining, fc.boolean(), (regions, isClosed) => {
        const input = { ...changed(regions), isClosed };
        const { abstainToYes } = forecast(rule, input);
        const isCarried = outcomeOf(rule, changed(regions)).outcome === "carried";
        expect(abstainToYes === null).toBe(isCarried);
        if (isCarried) return;
        const rooms = codes.map((code) => regions[code].abstain);
        const move = { yes: 1, abstain: -1 };
        const least = leastByTrying(rule, regions, rooms, move, true);
        expectLeast(abstainToYes, least, isExact);
      }),
      { numRuns: randomRuns(150) },
    );
  });

  it("a decision is called carried or lost only when no future says otherwise", () => {
    fc.assert(
      fc.property(regionsArbitrary, (regions) => {
        const open = { ...changed(regions), isClosed: false };
        const { certainty } = forecast(rule, open);
        const futures = futuresOf(regions).map(
          (future) => outcomeOf(rule, future).outcome === "carried",
        );
        const truth = futures.every(Boolean) ? "carried" : futures.some(Boolean) ? "open" : "lost";
        const isProvable = !["shares", "deemed", "houseChoice"].includes(name);
        expect(
          certainty === truth || (certainty === "open" && !isProvable),
          `${certainty} ${truth}`,
        ).toBe(true);
      }),
      { numRuns: randomRuns(60) },
    );
  });
});

/** Every way in which the voters who are left can vote yes, no, abstain or not at all. */
function futuresOf(regions: Regions): RuleInput[] {
  const endings = codes.map((code) => {
    const { yes, no, abstain, eligible } = regions[code];
    const left = eligible - yes - no - abstain;
    return everyChange([left, left, left])
      .filter((more) => more.reduce((sum, count) => sum + count, 0) <= left)
      .map(([y = 0, n = 0, a = 0]) => ({
        yes: yes + y,
        no: no + n,
        abstain: abstain + a,
        eligible,
      }));
  });
  return everyChange(endings.map((list) => list.length - 1)).map((picks) =>
    inputOf(
      Object.fromEntries(codes.map((code, at) => [code, endings[at]?.[picks[at] ?? 0] ?? {}])),
    ),
  );
}

describe("under random rules", () => {
  /** Elections in which everybody weighs one, under rules that may count anything. */
  const elections = fc.tuple(specArbitrary, fc.array(regionsArbitrary, { maxLength: 20 }));
  const expectOfEach = (runs: number, expectOf: (rule: Rule, regions: Regions) => void) => {
    let looks = 0;
    fc.assert(
      fc.property(elections, ([spec, all]) => {
        const parsed = parseRule(documentOf(spec), limits);
        fc.pre("rule" in parsed);
        if ("faults" in parsed) return;
        for (const regions of all) expectOf(parsed.rule, regions);
        looks += all.length;
      }),
      { numRuns: randomRuns(runs), maxSkipsPerRun: 1_000 },
    );
    expect(looks).toBeGreaterThan(randomRuns(runs));
  };
  const openOf = (regions: Regions) => ({ ...changed(regions), isClosed: false });

  it("no fewer further yes votes would do than it says, and so many do", () => {
    expectOfEach(150, (rule, regions) => {
      const rooms = codes.map((code) => {
        const { yes, no, abstain, eligible } = regions[code];
        return eligible - yes - no - abstain;
      });
      const least = leastByTrying(rule, regions, rooms, { yes: 1, no: 0 }, true);
      expectLeast(forecast(rule, openOf(regions)).furtherYes, least, false);
    });
  });

  it("after the close no fewer changed votes would have changed it, and so many would", () => {
    expectOfEach(100, (rule, regions) => {
      const closed = changed(regions);
      const isCarried = outcomeOf(rule, closed).outcome === "carried";
      const found = forecast(rule, closed);
      const rooms = codes.map((code) => regions[code][isCarried ? "yes" : "no"]);
      const move = isCarried ? { yes: -1, no: 1 } : { yes: 1, no: -1 };
      const least = leastByTrying(rule, regions, rooms, move, !isCarried);
      expectLeast(isCarried ? found.yesToNo : found.noToYes, least, false);
      expect(isCarried ? found.noToYes : found.yesToNo).toBeNull();
      expect([found.certainty, found.furtherYes]).toEqual([isCarried ? "carried" : "lost", null]);
    });
  });

  it("what it calls certain is so in every future", () => {
    const seen = { carried: 0, lost: 0, open: 0 };
    expectOfEach(60, (rule, regions) => {
      const { certainty } = forecast(rule, openOf(regions));
      seen[certainty] += 1;
      if (certainty === "open") return;
      const isCarried = certainty === "carried";
      for (const future of futuresOf(regions)) {
        if ((outcomeOf(rule, future).outcome === "carried") !== isCarried)
          expect.fail(`not ${certainty}`);
      }
    });
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });
});

describe("under random rules, where voters weigh differently and some are known to be present", () => {
  const left = ["yes", "no", "abstain", "invalid", null];

  /** Everything that those can still say who have not voted, and may. */
  function futuresOfVoters(voters: readonly Voter[], mayVote: (voter: Voter) => boolean) {
    return voters.reduce<Voter[][]>(
      (futures, voter) => {
        const choices = voter.choice === null && mayVote(voter) ? left : [voter.choice];
        return futures.flatMap((before) =>
          choices.map((choice) => [...before, { ...voter, choice }]),
        );
      },
      [[]],
    );
  }

  it("what it calls certain is so in every future", () => {
    let certain = 0;
    const elections = fc.array(votersArbitrary, { maxLength: 12 });
    fc.assert(
      fc.property(specArbitrary, elections, fc.boolean(), (spec, all, isPresenceKnown) => {
        const parsed = parseRule(documentOf(spec), limits);
        fc.pre("rule" in parsed);
        if ("faults" in parsed) return;
        for (const voters of all) {
          // Where presence is not recorded, whoever may vote may still come.
          const mayVote = (voter: Voter) => !isPresenceKnown || voter.isPresent;
          if (voters.filter((voter) => voter.choice === null && mayVote(voter)).length > 3)
            continue;
          const known = [...regionsOf(voters)].map(([code, counts]) => {
            const { present: _present, ...unrecorded } = counts;
            return [code, isPresenceKnown ? counts : unrecorded] as const;
          });
          const now = { regions: new Map(known), isClosed: false };
          const certainty: Forecast["certainty"] =
            forecastOutcome(parsed.rule, now)?.certainty ?? "open";
          if (certainty === "open") continue;
          certain += 1;
          for (const future of futuresOfVoters(voters, mayVote)) {
            const atEnd = isPresenceKnown
              ? future
              : future.map((voter) => ({ ...voter, isPresent: voter.choice !== null }));
            if ((verdictByHand(spec, atEnd) === "carried") !== (certainty === "carried"))
              expect.fail(`not ${certainty}: ${JSON.stringify(future)}`);
          }
        }
      }),
      { numRuns: randomRuns(300), maxSkipsPerRun: 1_000 },
    );
    expect(certain).toBeGreaterThan(randomRuns(300));
  });
});

describe("a large vote", () => {
  it("of 50 cantons with half votes is searched exactly", () => {
    const regions = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `c${index}`,
        { yes: 10_000 + index * 7, no: 10_000 + ((index * 7_919) % 1_001) },
      ]),
    );
    const table = Object.fromEntries(
      Object.keys(regions).map((code, index) => [code, index % 4 === 0 ? "1/2" : 1]),
    );
    const rule = ruleOf({
      tables: { votes: table },
      requirements: [
        majority,
        {
          id: "c",
          count: { weigh: "votes", that: "for" },
          at_least: "9/10",
          of: { weigh: "votes" },
        },
      ],
    });
    const found = forecast(rule, inputOf(regions)).noToYes;
    expect(found).toMatchObject({ type: "found" });
    if (found?.type === "found") expect(found.steps).toBe(found.atLeast);
  });

  it("is honest about 200 regions by population: at most so many, at least so many", () => {
    const codes200 = Array.from({ length: 200 }, (_, index) => `r${index}`);
    const population = Object.fromEntries(
      codes200.map((code, index) => [code, 1_000_003 + ((index * 104_729) % 9_000_011)]),
    );
    const regions = Object.fromEntries(
      codes200.map((code, index) => [code, { yes: 100, no: 101 + ((index * 31) % 97) }]),
    );
    const rule = ruleOf({
      tables: { population },
      requirements: [
        {
          id: "p",
          count: { weigh: "population", that: "for" },
          at_least: "65 %",
          of: { weigh: "population" },
        },
        {
          id: "n",
          count: { units: "population", that: "for" },
          at_least: "55 %",
          of: { units: "population" },
        },
      ],
    });
    const found = forecast(rule, inputOf(regions)).noToYes;
    if (found?.type !== "found") throw new Error("a way was there");
    expect(found.atLeast).toBeLessThanOrEqual(found.steps);
    expect(Number(found.steps - found.atLeast)).toBeLessThan(Number(found.steps) / 20);
  });

  it("tells how many abstentions would carry it as yes, before and after the close", () => {
    const rule = presetRule("two-thirds-present-and-voting");
    const found = (abstain: number, isClosed: boolean) =>
      forecast(rule, inputOf({ a: { yes: 5, no: 4, abstain } }, { isClosed })).abstainToYes;
    for (const isClosed of [false, true]) {
      expect(found(4, isClosed)).toMatchObject({ type: "found", steps: 3n, atLeast: 3n });
      expect(found(2, isClosed)).toEqual({ type: "impossible" });
      expect(found(0, isClosed)).toEqual({ type: "impossible" });
    }
    const carried = inputOf({ a: { yes: 8, no: 4, abstain: 3 } });
    expect(forecast(rule, carried).abstainToYes).toBeNull();
  });

  it("tells the Council which states' yes would still carry a proposal", () => {
    const yes = { yes: 1, eligible: 1 };
    const states = "FR IT ES PL RO NL BE CZ PT SE GR HU AT".split(" ");
    const rest = "DE BG DK FI SK IE HR LT SI LV EE CY LU MT".split(" ");
    const regions = Object.fromEntries([
      ...states.map((code) => [code, yes]),
      ...rest.map((code) => [code, { eligible: 1 }]),
    ]);
    const rule = presetRule("eu-qualified-majority");
    const open = forecast(rule, inputOf(regions, { isClosed: false }));
    expect(open.certainty).toBe("open");
    expect(open.furtherYes).toMatchObject({ type: "found", steps: 2n, atLeast: 2n });
  });
});

describe("what is certain while votes can still be cast", () => {
  const counts = { yes: 4, no: 0, eligible: 10 };
  const certaintyBy = (requirement: object, input: RuleInput) =>
    forecast(ruleOf({ requirements: [{ id: "one", ...requirement }] }), input).certainty;

  it("reckons with voters who will only abstain", () => {
    const ofThoseHere = { count: ["yes", "no"], at_least: "2/3", of: ["yes", "no", "abstain"] };
    expect(certaintyBy(ofThoseHere, inputOf({ a: counts }, { isClosed: false }))).toBe("open");
  });

  it("reckons with votes against where the rule asks for such, which yes votes can only harm", () => {
    const refusal = { count: "no", at_least: "2/3", of: ["yes", "no"] };
    // One of twelve is left: a no would make them eight of twelve.
    const almost = { yes: 4, no: 7, eligible: 12 };
    expect(certaintyBy(refusal, inputOf({ a: almost }, { isClosed: false }))).toBe("open");
    const tooFew = { yes: 5, no: 6, eligible: 12 };
    expect(certaintyBy(refusal, inputOf({ a: tooFew }, { isClosed: false }))).toBe("lost");
    const silence = { count: "abstain", at_least: 3 };
    const nearly = { yes: 4, abstain: 2, eligible: 7 };
    expect(certaintyBy(silence, inputOf({ a: nearly }, { isClosed: false }))).toBe("open");
  });

  it("reckons by cast with everybody who is left, and by presence with those alone who came", () => {
    const by = (of: string) => ({ count: "yes", more_than: "1/2", of });
    const open = inputOf({ a: counts }, { isClosed: false });
    expect(certaintyBy(by("cast"), open)).toBe("open");
    const present = inputOf({ a: { ...counts, present: 7 } }, { isClosed: false });
    expect(certaintyBy(by("present"), present)).toBe("carried");
    const fewer = inputOf({ a: { ...counts, present: 9 } }, { isClosed: false });
    expect(certaintyBy(by("present"), fewer)).toBe("open");
  });

  it("takes presence that is recorded in one region for that region alone", () => {
    const regions = { a: { ...counts, present: 4 }, b: { eligible: 5 } };
    const ofPresent = { count: "yes", more_than: "1/2", of: "present" };
    expect(certaintyBy(ofPresent, inputOf(regions, { isClosed: false }))).toBe("open");
  });

  it("takes presence that is recorded of the whole alone", () => {
    const total = { yes: 4, present: 7, eligible: 10 };
    const ofPresent = { count: "yes", more_than: "1/2", of: "present" };
    const input = inputOf({ a: counts }, { total, isClosed: false });
    expect(["carried", "open"]).toContain(certaintyBy(ofPresent, input));
    const many = inputOf({ a: counts }, { total: { ...total, present: 9 }, isClosed: false });
    expect(certaintyBy(ofPresent, many)).toBe("open");
  });
});
