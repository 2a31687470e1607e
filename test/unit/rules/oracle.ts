import fc from "fast-check";
import type { VoteCounts } from "../../../src/rules/rule-input.ts";

/** A rule in the oracle's own words; `documentOf` writes it as the engine reads it. */
type Comparison = {
  what: "ballots" | "units";
  kinds: string[];
  of: string[] | null;
  by: "ballots" | "weight";
  stance: "for" | "against" | "not_for" | "voting";
  bound: "at_least" | "more_than" | "at_most" | "less_than";
  over: number;
  under: number;
};
export type Spec = {
  requirements: { test: Comparison; quorum: boolean; clause: Comparison | null }[];
};
/** A voter: `choice` is null for one who stayed away, though perhaps present. */
export type Voter = { region: string; choice: string | null; weight: number; isPresent: boolean };

/** In halves, so that every sum is a whole number here. */
const halves: Record<string, number> = { a: 2, b: 1, c: 3 };
const choices = new Set(["yes", "no", "abstain", "blank", "invalid"]);

const comparison: fc.Arbitrary<Comparison> = fc.record({
  what: fc.constantFrom("ballots", "units"),
  kinds: fc.constantFrom(["yes"], ["yes"], ["no"], ["yes", "no"], ["cast"], ["present"]),
  of: fc.constantFrom(
    ["yes", "no"],
    ["cast"],
    ["eligible"],
    ["present"],
    ["yes", "no", "abstain"],
    null,
  ),
  by: fc.constantFrom("ballots", "weight"),
  stance: fc.constantFrom("for", "against", "not_for", "voting"),
  bound: fc.constantFrom("at_least", "more_than", "at_most", "less_than"),
  over: fc.integer({ min: 1, max: 4 }),
  under: fc.integer({ min: 1, max: 5 }),
});

export const specArbitrary: fc.Arbitrary<Spec> = fc.record({
  requirements: fc.array(
    fc.record({
      test: comparison,
      quorum: fc.boolean(),
      clause: fc.option(comparison, { freq: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

export const votersArbitrary: fc.Arbitrary<Voter[]> = fc.array(
  fc.record({
    region: fc.constantFrom("a", "b", "c"),
    choice: fc.constantFrom("yes", "yes", "yes", "no", "no", "abstain", "blank", "invalid", null),
    weight: fc.constantFrom(1, 1, 2, 5),
    isPresent: fc.boolean(),
  }),
  { maxLength: 14 },
);

export function documentOf({ requirements }: Spec): object {
  return {
    tables: { halves: { a: 1, b: "1/2", c: "3/2" } },
    requirements: requirements.map(({ test, quorum, clause }, index) => ({
      id: `r${index}`,
      quorum,
      ...comparisonDocument(test),
      ...(clause !== null && { deemed_met_when: comparisonDocument(clause) }),
    })),
  };
}

function comparisonDocument({ what, kinds, of, by, stance, bound, over, under }: Comparison) {
  const figure = of === null ? over : `${over}/${under}`;
  if (what === "units") {
    return {
      count: { weigh: "halves", that: stance },
      [bound]: figure,
      ...(of !== null && { of: { weigh: "halves" } }),
    };
  }
  return { count: { [by]: kinds }, [bound]: figure, ...(of !== null && { of: { [by]: of } }) };
}

export function regionsOf(voters: readonly Voter[]): Map<string, VoteCounts> {
  const sum = (group: readonly Voter[]) => ({
    ballots: group.length,
    weight: BigInt(group.reduce((total, { weight }) => total + weight, 0)),
  });
  return new Map(
    ["a", "b", "c"].map((code) => {
      const here = voters.filter(({ region }) => region === code);
      const chose = (choice: string) => sum(here.filter((voter) => voter.choice === choice));
      const counts = {
        yes: chose("yes"),
        no: chose("no"),
        abstain: chose("abstain"),
        blank: chose("blank"),
        invalid: chose("invalid"),
        present: sum(here.filter(isThere)),
        eligible: sum(here),
      };
      return [code, counts];
    }),
  );
}

function isThere({ choice, isPresent }: Voter): boolean {
  return choice !== null || isPresent;
}

/** What a rule says of voters, counted one by one and compared by multiplying small whole numbers. */
export function verdictByHand({ requirements }: Spec, voters: readonly Voter[]): string {
  const met = requirements.map(
    ({ test, clause }) => holds(test, voters) || (clause !== null && holds(clause, voters)),
  );
  if (requirements.some(({ quorum }, index) => quorum && !met[index])) return "no_quorum";
  if (met.every(Boolean)) return "carried";
  const isTie = requirements.every(({ test }, index) => met[index] || isEven(test, voters));
  return isTie ? "tie" : "not_carried";
}

function holds(test: Comparison, voters: readonly Voter[]): boolean {
  const [actual, base] = test.what === "units" ? unitFigures(test, voters) : votes(test, voters);
  const scale = test.what === "units" && test.of === null ? 2 : 1;
  const left = test.of === null ? actual : actual * test.under;
  const right = test.of === null ? test.over * scale : test.over * base;
  if (test.bound === "at_most") return left <= right;
  if (test.bound === "less_than") return left < right;
  if (test.of !== null && actual === 0) return false;
  return test.bound === "at_least" ? left >= right : left > right;
}

function votes(test: Comparison, voters: readonly Voter[]): [number, number] {
  const count = (kinds: readonly string[]) => {
    let sum = 0;
    for (const voter of voters) {
      const isCounted = kinds.some((kind) => isOf(voter, kind));
      if (isCounted) sum += test.by === "weight" ? voter.weight : 1;
    }
    return sum;
  };
  return [count(test.kinds), count(test.of ?? [])];
}

function isOf(voter: Voter, kind: string): boolean {
  if (kind === "eligible") return true;
  if (kind === "present") return isThere(voter);
  return kind === "cast" ? choices.has(voter.choice ?? "") : voter.choice === kind;
}

function unitFigures({ stance }: Comparison, voters: readonly Voter[]): [number, number] {
  let sum = 0;
  for (const [code, weight] of Object.entries(halves)) {
    const here = voters.filter(({ region }) => region === code);
    const lead = here.reduce((total, voter) => total + signOf(voter), 0);
    const stances = {
      for: lead > 0,
      against: lead < 0,
      not_for: lead <= 0,
      voting: here.some(({ choice }) => choice !== null),
    };
    if (stances[stance]) sum += weight;
  }
  return [sum, 6];
}

function signOf({ choice }: Voter): number {
  return choice === "yes" ? 1 : choice === "no" ? -1 : 0;
}

/** More yes than half, missed by nothing, where as many voted no as yes, and somebody did. */
function isEven(test: Comparison, voters: readonly Voter[]): boolean {
  if (test.what === "units" || test.bound !== "more_than" || test.of === null) return false;
  if (test.kinds.join() !== "yes" || test.over * 2 !== test.under) return false;
  if (!test.of.includes("yes") || !test.of.includes("no")) return false;
  const [yes, base] = votes(test, voters);
  const [no] = votes({ ...test, kinds: ["no"] }, voters);
  return yes * 2 === base && no === yes && no > 0;
}
