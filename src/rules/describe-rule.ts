import { formatRatio } from "./ratio.ts";
import type {
  BallotMeasure,
  Bound,
  Comparison,
  Counting,
  Kind,
  Measure,
  Rounding,
  Rule,
  Test,
  TieRule,
  Units,
} from "./rule.ts";

/**
 * A rule as clauses that a page puts into words of any language. Figures are exact, as text: `"3"`
 * or `"2/3"`. What a rule's document names (groups, tables, `called`) is told by its own name; no
 * other text is in it.
 */
export type RuleDescription = {
  title: string;
  on_tie: TieRule;
  requirements: RequirementDescription[];
};

type RequirementDescription = {
  id: string;
  /** Without it there is no vote at all. */
  quorum: boolean;
  clause: Clause;
  /** What makes up for the clause where it is missed. */
  deemed_met_when: Clause | null;
};

export const stances = ["for", "against", "not_for", "not_against", "voting"] as const;
/** More yes than no, more no than yes, either of them not so, or any ballot at all. */
export type Stance = (typeof stances)[number];

export type Clause =
  | { type: "stance"; stance: Stance; by: Counting }
  | {
      type: "compare";
      count: MeasureDescription;
      bound: Bound;
      figure: string;
      /** What the figure is a share of; null where it is the number itself. */
      of: MeasureDescription | null;
      rounded: Rounding | null;
    }
  | { type: "all" | "any"; clauses: Clause[] }
  | { type: "not"; clause: Clause }
  | { type: "each"; units: UnitsDescription; clause: Clause }
  | { type: "within"; parts: string[]; clause: Clause };

export type MeasureDescription =
  | VotesDescription
  | {
      type: "units";
      units: UnitsDescription;
      /** What a unit has to meet so that it counts; null where all count. */
      that: Clause | null;
      /** What each counts: one, its eligible voters, or its weight in the rule's table. */
      weigh: "one" | "eligible" | { table: string };
      /** What the rule calls them; null where it does not say. */
      called: string | null;
    }
  | {
      type: "shares";
      table: string;
      units: UnitsDescription;
      part: VotesDescription;
      of_each: VotesDescription;
      when_empty: "lost" | "shared_out";
      called: string | null;
    }
  | { type: "within"; parts: string[]; measure: MeasureDescription };

export type VotesDescription = { type: "votes"; by: Counting; plus: Kind[]; less: Kind[] };

export type UnitsDescription =
  | { type: "regions" }
  | { type: "members" }
  | { type: "group"; group: string; count: number }
  | { type: "table"; table: string; count: number }
  | { type: "listed"; names: string[] };

/** Describes a rule; what it says of it holds for every tally. */
export function describeRule({ title, onTie, requirements }: Rule): RuleDescription {
  return {
    title,
    on_tie: onTie,
    requirements: requirements.map(({ id, isQuorum, test, deemedMetWhen }) => ({
      id,
      quorum: isQuorum,
      clause: describeTest(test),
      deemed_met_when: deemedMetWhen === null ? null : describeTest(deemedMetWhen),
    })),
  };
}

function describeTest(test: Test): Clause {
  const stance = stanceOf(test);
  if (stance !== null) return stance;
  switch (test.type) {
    case "compare":
      return describeBound(test);
    case "all":
    case "any":
      return { type: test.type, clauses: test.tests.map(describeTest) };
    case "not":
      return { type: "not", clause: describeTest(test.test) };
    case "each":
      return { type: "each", units: describeUnits(test.units), clause: describeTest(test.test) };
    default: {
      const { parts } = test.regionGroup;
      return { type: "within", parts: [...parts], clause: describeTest(test.test) };
    }
  }
}

function describeBound({ count, bound, figure, of, rounding }: Comparison): Clause {
  return {
    type: "compare",
    count: describeMeasure(count),
    bound,
    figure: formatRatio(figure),
    of: of === null ? null : describeMeasure(of),
    rounded: rounding,
  };
}

function describeMeasure(measure: Measure): MeasureDescription {
  if (measure.type === "ballots") return describeVotes(measure);
  if (measure.type === "within") {
    const { parts } = measure.regionGroup;
    return { type: "within", parts: [...parts], measure: describeMeasure(measure.measure) };
  }
  const { called } = measure;
  const units = describeUnits(measure.units);
  if (measure.type === "shares")
    return {
      type: "shares",
      table: measure.table.name,
      units,
      part: describeVotes(measure.part),
      of_each: describeVotes(measure.base),
      when_empty: measure.whenEmpty,
      called,
    };
  const { that, weigh } = measure;
  return {
    type: "units",
    units,
    that: that === null ? null : describeTest(that),
    weigh: typeof weigh === "string" ? weigh : { table: weigh.name },
    called,
  };
}

function describeVotes({ by, plus, less }: BallotMeasure): VotesDescription {
  return { type: "votes", by, plus: [...plus], less: [...less] };
}

function describeUnits(units: Units): UnitsDescription {
  if (units.type !== "named") return { type: units.type };
  const { source, names } = units;
  if (source === null) return { type: "listed", names: [...names] };
  const count = names.length;
  return "group" in source
    ? { type: "group", ...source, count }
    : { type: "table", ...source, count };
}

/** What bylaws say in a word, however the document has written it. */
function stanceOf(test: Test): Clause | null {
  if (test.type === "not") {
    const inner = stanceOf(test.test);
    if (inner?.type !== "stance") return null;
    const { stance, by } = inner;
    if (stance !== "for" && stance !== "against") return null;
    return { type: "stance", stance: `not_${stance}`, by };
  }
  if (test.type !== "compare" || test.rounding !== null) return null;
  const { count, bound, of } = test;
  if (count.type !== "ballots" || count.less.length > 0 || formatRatio(test.figure) !== "1")
    return null;
  const { by } = count;
  const counted = count.plus.join();
  if (of === null && bound === "at_least" && counted === "cast")
    return { type: "stance", stance: "voting", by };
  if (of?.type !== "ballots" || of.by !== by || of.less.length > 0 || bound !== "more_than")
    return null;
  const against = of.plus.join();
  if (counted === "yes" && against === "no") return { type: "stance", stance: "for", by };
  return counted === "no" && against === "yes" ? { type: "stance", stance: "against", by } : null;
}
